import { dayMs, type EpochMs, istDate, istMidnight } from '@banyan/domain'
import type { SandboxAnswer, SandboxInterval, SandboxMarket } from '../core/upstream.ts'
import { failure, success } from './answers.ts'
import { tokenOf } from './instrument-token.ts'
import { candleTime, readVendorTime } from './vendor-time.ts'

/** The vendor's intervals: what the market calls them, and the widest window of one call in days. */
const intervals: Readonly<Record<string, { readonly length: SandboxInterval; readonly widestDays: number }>> = {
  minute: { length: 60, widestDays: 60 },
  '3minute': { length: 180, widestDays: 100 },
  '5minute': { length: 300, widestDays: 100 },
  '10minute': { length: 600, widestDays: 100 },
  '15minute': { length: 900, widestDays: 200 },
  '30minute': { length: 1_800, widestDays: 200 },
  '60minute': { length: 3_600, widestDays: 400 },
  day: { length: 'day', widestDays: 2_000 },
}

export interface CandleQuestion {
  readonly token: string
  readonly interval: string
  readonly query: URLSearchParams
}

/** Answers `/instruments/historical/{token}/{interval}`; `asOf` is the instant up to which anything has been traded. */
export function answerCandles(
  { token, interval, query }: CandleQuestion,
  market: SandboxMarket,
  now: EpochMs,
  asOf: EpochMs,
): SandboxAnswer {
  const instrument = market.instruments(istDate(now)).find((listed) => String(tokenOf(listed)) === token)
  const known = intervals[interval]
  const [from, to] = ['from', 'to'].map((name) => readVendorTime(query.get(name) ?? ''))
  if (instrument === undefined) return refused('invalid token')
  if (known === undefined) return refused('invalid interval')
  if (from === null || from === undefined) return refused('invalid from date')
  if (to === null || to === undefined) return refused('invalid to date')
  if (to < from) return refused('from date is after to date')
  if (to - from > known.widestDays * dayMs) return refused(`interval exceeds max limit: ${known.widestDays} days`)
  // A day is asked for by any of its instants, and both ends are included.
  const start = known.length === 'day' ? istMidnight(istDate(from)) : from
  const bars = market.candles(instrument.id, known.length, start, to, asOf)
  const withOpenInterest = query.get('oi') === '1'
  return success({
    candles: bars.map(({ time, open, high, low, close, volume, openInterest }) => [
      candleTime(time),
      open,
      high,
      low,
      close,
      volume,
      ...(withOpenInterest ? [openInterest] : []),
    ]),
  })
}

function refused(message: string): SandboxAnswer {
  return failure(400, 'InputException', message)
}
