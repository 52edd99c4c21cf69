import { type EpochMs, istDate } from '@banyan/domain'
import type { SandboxAnswer, SandboxMarket } from '../core/upstream.ts'
import { type Book, priceBook } from './book.ts'
import { type BreezeCodes, breezeCodesOn, cashExchanges } from './breeze-codes.ts'
import type { BreezeSession } from './breeze-sessions.ts'
import { dematRows } from './demat-rows.ts'
import { refusal, refusals, success } from './envelope.ts'
import { contractRows, shareRows } from './holding-rows.ts'
import type { IciciPortfolio } from './portfolio.ts'
import { positionRows } from './position-rows.ts'
import { quoteRows } from './quote-rows.ts'

/** What the body of a signed call asks. */
type Parameters = Readonly<Record<string, unknown>>

export interface SignedOperationsParts {
  readonly market: SandboxMarket
  readonly portfolios: Readonly<Record<string, IciciPortfolio>>
  /** Returns the instant of the prices. */
  priceTime(): EpochMs
}

type Operation = (session: BreezeSession, parameters: Parameters) => SandboxAnswer

/** Returns the signed calls of API v1 by the last part of their path. */
export function createSignedOperations({ market, portfolios, priceTime }: SignedOperationsParts) {
  const codesAt = (at: EpochMs): BreezeCodes => breezeCodesOn(market, istDate(at))
  const bookOf = ({ userId }: BreezeSession): Book => {
    const at = priceTime()
    const portfolio = portfolios[userId] ?? { holdings: [], positions: [] }
    return priceBook(portfolio, { market, codes: codesAt(at), at })
  }
  return {
    portfolioholdings: (session, parameters) => listHoldings(bookOf(session), textIn(parameters, 'exchange_code')),
    dematholdings: (session) => rowsOrNone(dematRows(bookOf(session).holdings)),
    portfoliopositions: (session) => rowsOrNone(positionRows(bookOf(session).positions)),
    quotes(_session, parameters) {
      const at = priceTime()
      const exchange = textIn(parameters, 'exchange_code')
      if (!cashExchanges.some((cash) => cash === exchange)) return invalid('exchange_code')
      return rowsOrNone(quoteRows(textIn(parameters, 'stock_code'), codesAt(at), market, at))
    },
  } satisfies Record<string, Operation>
}

function listHoldings({ holdings, positions }: Book, exchange: string): SandboxAnswer {
  const isThere = ({ instrument }: Book['holdings'][number] | Book['positions'][number]) =>
    instrument.exchange === exchange
  switch (exchange) {
    case 'NSE':
    case 'BSE':
      return rowsOrNone(shareRows(holdings.filter(isThere)))
    case 'NFO':
    case 'BFO':
      return rowsOrNone(contractRows(positions.filter(isThere)))
    default:
      return invalid('exchange_code')
  }
}

function rowsOrNone(rows: readonly object[]): SandboxAnswer {
  return rows.length === 0 ? refusals.noData : success(rows)
}

function invalid(field: string): SandboxAnswer {
  return refusal(200, 500, `Invalid ${field}`)
}

function textIn(parameters: Parameters, name: string): string {
  const value = parameters[name]
  return typeof value === 'string' ? value.toUpperCase() : ''
}
