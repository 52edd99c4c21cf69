import { setTimeout as sleep } from 'node:timers/promises'
import {
  BanyanError,
  dayMs,
  type EpochMs,
  type Exchange,
  istDate,
  segmentByExchange,
  type TradingCalendar,
} from '@banyan/domain'
import { type AnalysisModule, signalHorizon } from '../modules/analysis/index.ts'
import type { PatternsAt } from '../modules/journal/index.ts'

type InstrumentPatterns = Awaited<ReturnType<AnalysisModule['findPatterns']>>

export interface PatternsAtEntryParts {
  readonly analysis: Pick<AnalysisModule, 'findPatterns'>
  readonly calendar: TradingCalendar
  /** How long a new entry waits for the engine, in milliseconds; by default 150. A search takes some 30 when a thread is free. */
  readonly patienceMs?: number
  /** Hears of searches that failed for no reason of the caller's. For the log. */
  onFailure(error: unknown): void
}

/** The engine shows the newest 120 candles. So many calendar days never hold more trading days than those, less what a signal stands for. */
const reachMs = 150 * dayMs

/** Asks the pattern engine which daily patterns stood when a trade was opened. */
export function createPatternsAtEntry({
  analysis,
  calendar,
  patienceMs = 150,
  onFailure,
}: PatternsAtEntryParts): PatternsAt {
  return async (instrument, at) => {
    try {
      const found = await orNullAfter(patienceMs, analysis.findPatterns(instrument, 'day'))
      return found && patternsInForce(found, at, calendar)
    } catch (error) {
      if (!(error instanceof BanyanError)) onFailure(error)
      return null
    }
  }
}

async function orNullAfter<T>(waitMs: number, work: Promise<T>): Promise<T | null> {
  const settled = new AbortController()
  try {
    return await Promise.race([work, sleep(waitMs, null, { signal: settled.signal })])
  } finally {
    settled.abort()
  }
}

/**
 * Returns the directed patterns that were complete at an instant and, like a signal, not yet {@link signalHorizon} candles old; null when
 * the candles do not tell: they end before the latest close then, or begin to be shown after it.
 */
export function patternsInForce(
  { instrument, asOf, candlesticks, formations }: InstrumentPatterns,
  at: EpochMs,
  calendar: TradingCalendar,
): readonly string[] | null {
  const segment = segmentByExchange[instrument.slice(0, instrument.indexOf(':')) as Exchange]
  const close = calendar.latestSessionEnd(at, segment)
  if (asOf === null || close === null || istDate(asOf) < istDate(close) || at < asOf - reachMs) return null
  let first = istDate(close)
  for (let candles = 1; candles < signalHorizon; candles++) first = calendar.previousTradingDay(first, segment)
  const isInForce = (seen: EpochMs | null) => seen !== null && seen <= at && istDate(seen) >= first
  const ids = [
    ...candlesticks.filter(({ direction, detectedAt }) => direction !== null && isInForce(detectedAt)),
    ...formations.filter(({ direction, confirmedAt }) => direction !== 'neutral' && isInForce(confirmedAt)),
  ].map(({ pattern }) => pattern)
  return [...new Set(ids)].sort()
}
