import type { CandlesReply } from '@banyan/client'
import { groupBy } from '../../lib/group-by.ts'
import { exponentialAverage, type IndicatorLine, relativeStrength, simpleAverage } from '../../lib/indicators.ts'
import type { Study } from '../../lib/instrument-search.ts'
import type { CandlestickFinding, Finding, FormationFinding } from './findings.ts'

/** Names of the style sheet's colours. */
export type Tone = 'up' | 'down' | 'muted' | 'ink' | 'focus' | 'replay'

export interface Marker {
  /** `time` of a candle. */
  readonly time: string
  readonly direction: Finding['direction']
  /** Names of the patterns completed there in that direction. */
  readonly names: readonly string[]
}

export interface DrawnLine {
  readonly points: readonly { readonly time: string; readonly value: number }[]
  readonly tone: Tone
  /** `anchors`: the turning points are dots; `border`: dashed. */
  readonly look: 'plain' | 'border' | 'anchors'
}

/** What is drawn on the candles; every time in it is the time of one of them. */
export interface ChartAnnotations {
  readonly markers: readonly Marker[]
  readonly lines: readonly DrawnLine[]
  /** 0 to 100 in a pane of its own; null draws none. */
  readonly oscillator: DrawnLine | null
}

type Candles = CandlesReply['candles']

const toneOf = { bullish: 'up', bearish: 'down', neutral: 'muted' } as const

/** Returns the candlesticks as one marker per candle and direction, oldest first. */
export function markersOf(findings: readonly CandlestickFinding[], candles: Candles): Marker[] {
  const times = new Set(candles.map(({ time }) => time))
  const found = findings
    .flatMap(({ name, direction, cases }) => cases.map(({ time }) => ({ time, direction, name })))
    .filter(({ time }) => times.has(time))
  return [...groupBy(found, ({ time, direction }) => `${time} ${direction}`).values()]
    .flatMap((same) => {
      const [first] = same
      return first ? [{ time: first.time, direction: first.direction, names: same.map(({ name }) => name) }] : []
    })
    .sort((a, b) => (a.time < b.time ? -1 : 1))
}

/** Returns each formation's borders and the path over its anchor points; one that begins before the candles is left out. */
export function formationLines(findings: readonly FormationFinding[], candles: Candles): DrawnLine[] {
  const times = new Set(candles.map(({ time }) => time))
  const line = (
    points: readonly { time: string; price: number }[],
    tone: Tone,
    look: DrawnLine['look'],
  ): DrawnLine => ({
    points: ascending(points),
    tone,
    look,
  })
  return findings
    .flatMap(({ direction, cases }) =>
      cases.flatMap(({ anchors, lines }) => [
        line(anchors, toneOf[direction], 'anchors'),
        ...lines.map(({ from, to }) => line([from, to], toneOf[direction], 'border')),
      ]),
    )
    .filter(({ points }) => points.length > 0 && points.every(({ time }) => times.has(time)))
}

/** A line has one value per candle: of anchors on the same candle the first stays. */
function ascending(points: readonly { time: string; price: number }[]): DrawnLine['points'] {
  const byTime = groupBy(points, ({ time }) => time)
  return [...byTime.entries()]
    .map(([time, [first]]) => ({ time, value: first?.price ?? Number.NaN }))
    .sort((a, b) => (a.time < b.time ? -1 : 1))
}

const averages: Record<Exclude<Study, 'rsi14'>, { of: (closes: readonly number[]) => IndicatorLine; tone: Tone }> = {
  sma20: { of: (closes) => simpleAverage(closes, 20), tone: 'focus' },
  sma50: { of: (closes) => simpleAverage(closes, 50), tone: 'replay' },
  sma200: { of: (closes) => simpleAverage(closes, 200), tone: 'ink' },
  ema20: { of: (closes) => exponentialAverage(closes, 20), tone: 'muted' },
}

/** Returns the colour each study has on the chart. */
export const studyTone = (study: Study): Tone => (study === 'rsi14' ? 'focus' : averages[study].tone)

/** Returns the averages as lines over the candles. */
export function averageLines(studies: readonly Study[], candles: Candles): DrawnLine[] {
  const closes = candles.map(({ close }) => close)
  return studies
    .filter((study) => study !== 'rsi14')
    .map((study) => ({ points: known(averages[study].of(closes), candles), tone: averages[study].tone, look: 'plain' }))
}

/** Returns the relative strength index of 14 closes. */
export function strengthLine(candles: Candles): DrawnLine {
  const closes = candles.map(({ close }) => close)
  return { points: known(relativeStrength(closes, 14), candles), tone: 'focus', look: 'plain' }
}

/**
 * Returns a past stretch of closes on the scale of the newest candles: its last close is laid on theirs, and what came before keeps its
 * proportions.
 */
export function overlaidStretch(closes: readonly number[], candles: Candles): DrawnLine {
  const [end, now] = [closes.at(-1), candles.at(-1)?.close]
  if (end === undefined || now === undefined || end === 0) return { points: [], tone: 'replay', look: 'plain' }
  const shown = candles.slice(-closes.length)
  const past = closes.slice(-shown.length)
  return {
    points: shown.map(({ time }, i) => ({ time, value: ((past[i] ?? end) / end) * now })),
    tone: 'replay',
    look: 'border',
  }
}

function known(values: IndicatorLine, candles: Candles): DrawnLine['points'] {
  return candles.flatMap(({ time }, i) => {
    const value = values[i] ?? null
    return value === null ? [] : [{ time, value }]
  })
}
