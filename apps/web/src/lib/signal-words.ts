import type { SignalsReply } from '@banyan/client'
import { readableDate, readableMinute } from './ist.ts'
import type { Interval } from './view.ts'

type Signal = SignalsReply['signals'][number]

/** The candles of a chart on which a signal was found. */
export const intervalOfSignal: Readonly<Record<Signal['timeframe'], Interval>> = {
  '15m': '15minute',
  '1h': '60minute',
  '1d': 'day',
  '1w': 'week',
}

/** Returns when a signal's pattern was complete; the time of day tells something only of candles within it. */
export function completedOn({ timeframe, detected_at: at }: Pick<Signal, 'timeframe' | 'detected_at'>): string {
  return timeframe === '1d' || timeframe === '1w' ? readableDate(at.slice(0, 10)) : readableMinute(at)
}
