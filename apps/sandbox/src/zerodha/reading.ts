import type { EpochMs } from '@banyan/domain'
import type { SandboxAnswer, SandboxCall, SandboxContext } from '../core/upstream.ts'
import { failure, success } from './answers.ts'
import { answerCandles } from './candles.ts'
import { holdingRows } from './holdings.ts'
import { instrumentList, listDate } from './instrument-list.ts'
import type { MatchedCall } from './operations.ts'
import type { ZerodhaPortfolio } from './portfolio.ts'
import { positionLists } from './positions.ts'
import { mostInstruments, type QuoteOperation, quoteData } from './quotes.ts'
import { refusals } from './refusals.ts'
import { profileOf } from './user-profile.ts'

export interface ReadingParts extends Pick<SandboxContext, 'market' | 'seed'> {
  portfolioOf(userId: string): ZerodhaPortfolio
  /** Returns the instant whose prices are told. */
  pricesAt(now: EpochMs): EpochMs
}

/** A call that is allowed. */
export interface ReadingCall {
  readonly matched: MatchedCall
  readonly call: SandboxCall
  readonly userId: string
}

/** Answers what may be read. Throws when a portfolio names what is not listed any more. */
export function createReading(parts: ReadingParts): (reading: ReadingCall) => SandboxAnswer {
  const { market, portfolioOf, pricesAt } = parts
  return ({ matched: { operation, segments }, call, userId }) => {
    const at = pricesAt(call.now)
    switch (operation) {
      case 'instruments':
      case 'exchange-instruments':
        return answerInstruments(segments[0], call, market)
      case 'profile':
        return success(profileOf(userId))
      case 'holdings':
        return success(holdingRows(portfolioOf(userId).holdings, market, at))
      case 'positions':
        return success(positionLists(portfolioOf(userId).positions, market, at))
      case 'quote':
      case 'ohlc':
      case 'ltp':
        return answerQuotes(operation, call, parts)
      case 'candles': {
        const [token = '', interval = ''] = segments
        return answerCandles({ token, interval, query: call.query }, market, call.now, at)
      }
      default:
        return refusals.unknownRoute
    }
  }
}

function answerQuotes(operation: QuoteOperation, { query, now }: SandboxCall, parts: ReadingParts): SandboxAnswer {
  const keys = query.getAll('i')
  const limit = mostInstruments[operation]
  if (keys.length > limit) return failure(400, 'InputException', `Number of instruments exceeds the limit of ${limit}.`)
  return success(quoteData(operation, keys, parts, parts.pricesAt(now)))
}

/** Answers the list of one exchange, or of all. */
function answerInstruments(exchange: string | undefined, { now }: SandboxCall, market: ReadingParts['market']) {
  const all = market.instruments(listDate(now))
  if (exchange === undefined) return instrumentList(all, 'text/csv')
  const listed = all.filter((instrument) => instrument.exchange === exchange)
  if (listed.length === 0) return failure(400, 'InputException', 'Invalid `exchange`.')
  return instrumentList(listed, 'text/csv; charset=utf-8')
}

/** Fails when a portfolio names an instrument that is not listed or has no price at that instant. */
export function checkPortfolios(
  portfolios: Readonly<Record<string, ZerodhaPortfolio>>,
  market: ReadingParts['market'],
  at: EpochMs,
) {
  for (const { holdings, positions } of Object.values(portfolios)) {
    holdingRows(holdings, market, at)
    positionLists(positions, market, at)
  }
}
