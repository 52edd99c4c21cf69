import type { CandleSeries } from '@banyan/domain'
import { checkSeries } from '../check-series.ts'
import { PatternInputError } from '../pattern-input-error.ts'
import type { CandlestickId } from './candlestick-id.ts'
import type { CandlestickPattern } from './candlestick-pattern.ts'
import { candlestickRules } from './candlestick-patterns.ts'
import { measureCandles } from './measure-candles.ts'
import { createWorkspace, scanPattern } from './scan-pattern.ts'

export interface CandlestickOptions {
  /** Patterns to scan for; all 61 when left out. */
  readonly patterns?: readonly CandlestickId[]
  /** How far a close must reach into an earlier body, as a share of it (0 or more), in place of TA-Lib's 0.3 or 0.5. */
  readonly penetration?: Partial<Record<CandlestickId, number>>
}

export interface CandlestickHit {
  readonly pattern: CandlestickId
  /** Candle that completed it. */
  readonly index: number
  readonly value: number
}

export interface CandlestickScan {
  /**
   * Returns a value per candle: 0, or at the candle that completes the pattern ±100; ±80 for an engulfing or harami with equal
   * ends; ±200 where a hikkake is confirmed. The first candles, TA-Lib's look-back, are 0. Throws PatternInputError for a
   * pattern that was not scanned for.
   */
  values(id: CandlestickId): Int16Array
  /** Returns all values other than 0, by index, then in TA-Lib's order of names. */
  hits(): CandlestickHit[]
}

/**
 * Finds candlestick patterns exactly as TA-Lib does with its default candle settings: value `i` uses only candles up to `i`.
 * Throws PatternInputError for a series `checkSeries` refuses, an unknown pattern, or a penetration that is negative, not
 * finite, or for a pattern that knows none. A series shorter than a look-back has no pattern.
 */
export function scanCandlesticks(series: CandleSeries, options: CandlestickOptions = {}): CandlestickScan {
  checkSeries(series)
  const patterns = choosePatterns(options.patterns)
  const penetrations = choosePenetrations(options.penetration)
  const workspace = createWorkspace(measureCandles(series))
  const scanned = new Map<CandlestickId, Int16Array>()
  for (const pattern of patterns) {
    const penetration = penetrations.get(pattern.id) ?? pattern.penetration ?? 0
    scanned.set(pattern.id, scanPattern(workspace, pattern, penetration))
  }
  return { values: (id) => valuesOf(scanned, id), hits: () => listHits(scanned) }
}

function choosePatterns(ids: readonly CandlestickId[] | undefined): readonly CandlestickPattern[] {
  if (!ids) return candlestickRules
  for (const id of ids) getRule(id)
  return candlestickRules.filter(({ id }) => ids.includes(id))
}

function choosePenetrations(given: CandlestickOptions['penetration']): Map<string, number> {
  const chosen = new Map(Object.entries(given ?? {}))
  for (const [id, penetration] of chosen) {
    if (getRule(id).penetration === undefined) throw new PatternInputError(`penetration: ${id} knows none`)
    if (!(penetration >= 0 && penetration < Number.POSITIVE_INFINITY))
      throw new PatternInputError(`penetration: that of ${id} must be finite and not negative`)
  }
  return chosen
}

function getRule(id: string): CandlestickPattern {
  const rule = candlestickRules.find((one) => one.id === id)
  if (!rule) throw new PatternInputError(`unknown candlestick pattern: ${id}`)
  return rule
}

function valuesOf(scanned: ReadonlyMap<CandlestickId, Int16Array>, id: CandlestickId): Int16Array {
  const values = scanned.get(id)
  if (!values) throw new PatternInputError(`not scanned for: ${id}`)
  return values
}

function listHits(scanned: ReadonlyMap<CandlestickId, Int16Array>): CandlestickHit[] {
  const hits: CandlestickHit[] = []
  for (const [pattern, values] of scanned) {
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? 0
      if (value !== 0) hits.push({ pattern, index, value })
    }
  }
  return hits.sort((a, b) => a.index - b.index)
}
