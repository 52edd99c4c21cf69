import { type EpochMs, istDate } from '@banyan/domain'
import { scriptedInstrument } from '../core/scripted-instrument.ts'
import { rupeesOf } from '../core/scripted-price.ts'
import type { SandboxInstrument, SandboxMarket, SandboxPrice } from '../core/upstream.ts'
import { type BreezeCodes, breezeCodesOn } from './breeze-codes.ts'
import type { IciciPortfolio } from './portfolio.ts'

/** What a holding and a position have in common, at an instant. */
interface PricedRow {
  readonly instrument: SandboxInstrument
  /** The vendor's name. */
  readonly code: string
  readonly quantity: number
  /** Rupees. */
  readonly averagePrice: number
  /** Null before the first trade. */
  readonly price: SandboxPrice | null
}

export interface OwnedRow extends PricedRow {
  /** Of the quantity. */
  readonly pledgedQuantity: number
}

export interface PositionRow extends PricedRow {
  readonly product: string
  readonly action: 'buy' | 'sell'
  /** Rupees; null but for derivatives. */
  readonly underlyingPrice: number | null
}

export interface Book {
  readonly holdings: readonly OwnedRow[]
  readonly positions: readonly PositionRow[]
}

export interface BookParts {
  readonly market: SandboxMarket
  readonly codes: BreezeCodes
  /** Instant of the prices. */
  readonly at: EpochMs
}

/** Returns a portfolio with its prices. Throws when it names what is not listed on that day. */
export function priceBook({ holdings, positions }: IciciPortfolio, parts: BookParts): Book {
  return {
    holdings: holdings.map((holding) => ({
      ...pricedRow(holding, parts),
      pledgedQuantity: holding.pledgedQuantity ?? 0,
    })),
    positions: positions.map((position) => {
      const row = pricedRow(position, parts)
      const { underlying } = row.instrument
      const followed = underlying === null ? null : parts.market.price(underlying, parts.at)
      const { product, action } = position
      return { ...row, product, action, underlyingPrice: followed?.last ?? null }
    }),
  }
}

type Scripted = IciciPortfolio['holdings'][number] | IciciPortfolio['positions'][number]

function pricedRow(
  { instrument: text, quantity, averagePrice }: Scripted,
  { market, codes, at }: BookParts,
): PricedRow {
  const instrument = scriptedInstrument(market, text, istDate(at))
  const price = market.price(instrument.id, at)
  return {
    instrument,
    code: codes.codeOf(instrument),
    quantity,
    averagePrice: rupeesOf(averagePrice, price?.prevClose ?? 0, instrument),
    price,
  }
}

/** Throws when a portfolio names what is not listed on the day of the instant. */
export function checkPortfolios(
  portfolios: Readonly<Record<string, IciciPortfolio>>,
  market: SandboxMarket,
  at: EpochMs,
): void {
  const parts = { market, codes: breezeCodesOn(market, istDate(at)), at }
  for (const portfolio of Object.values(portfolios)) priceBook(portfolio, parts)
}
