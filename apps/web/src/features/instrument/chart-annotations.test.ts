import type { CandlesReply } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { averageLines, formationLines, markersOf, overlaidStretch, strengthLine } from './chart-annotations.ts'
import type { CandlestickFinding, FormationFinding } from './findings.ts'

type Candles = CandlesReply['candles']

const candles: Candles = Array.from({ length: 30 }, (_, i) => {
  const close = 100 + i
  return { time: `2026-04-${String(i + 1).padStart(2, '0')}`, open: close, high: close, low: close, close, volume: 1 }
})

const candlestick = (name: string, ...times: [string, ...string[]]): CandlestickFinding => {
  const [first, ...rest] = times.map((time) => ({
    pattern_id: name,
    name,
    direction: 'bullish' as const,
    value: 100,
    from: time,
    time,
    detected_at: `${time}T15:30:00+05:30`,
    edge: null,
  })) as CandlestickFinding['cases'][number][]
  if (first === undefined) throw new Error('A finding has a case.')
  return {
    key: `${name}.bullish`,
    kind: 'candlestick',
    name,
    direction: 'bullish',
    edge: null,
    cases: [first, ...rest],
  }
}

const formation = (from: string, to: string): FormationFinding => {
  const point = (time: string, price: number) => ({ role: 'point', time, price })
  const only: FormationFinding['cases'][number] = {
    pattern_id: 'flag',
    name: 'Flag',
    direction: 'bearish',
    state: 'forming',
    quality: 50,
    from,
    to,
    detected_at: `${to}T15:30:00+05:30`,
    confirmed_at: null,
    breakout: null,
    measured_move: null,
    opposite_border: null,
    anchors: [point(to, 9), point(from, 7), point(from, 8)],
    lines: [{ role: 'upper', from: point(from, 10), to: point(to, 11) }],
    edge: null,
  }
  return { key: 'flag.bearish', kind: 'formation', name: 'Flag', direction: 'bearish', edge: null, cases: [only] }
}

describe('an annotation', () => {
  it('marks each candle once with every pattern it completed, and none that is not shown', () => {
    const found = [candlestick('Hammer', '2026-04-09', '2026-03-02'), candlestick('Doji', '2026-04-09', '2026-04-03')]
    expect(markersOf(found, candles)).toEqual([
      { time: '2026-04-03', direction: 'bullish', names: ['Doji'] },
      { time: '2026-04-09', direction: 'bullish', names: ['Hammer', 'Doji'] },
    ])
  })

  it('draws a formation in the order of time, one point a candle, and only whole', () => {
    expect(formationLines([formation('2026-04-02', '2026-04-08')], candles)).toEqual([
      {
        points: [
          { time: '2026-04-02', value: 7 },
          { time: '2026-04-08', value: 9 },
        ],
        tone: 'down',
        look: 'anchors',
      },
      {
        points: [
          { time: '2026-04-02', value: 10 },
          { time: '2026-04-08', value: 11 },
        ],
        tone: 'down',
        look: 'border',
      },
    ])
    expect(formationLines([formation('2026-03-20', '2026-04-08')], candles)).toEqual([])
  })

  it('begins a study where there are enough candles', () => {
    expect(averageLines(['sma20', 'rsi14'], candles).map(({ points }) => points[0])).toEqual([
      { time: '2026-04-20', value: 109.5 },
    ])
    expect(strengthLine(candles).points[0]).toEqual({ time: '2026-04-15', value: 100 })
  })

  it('lays the last close of a past stretch on the newest and keeps its proportions', () => {
    expect(overlaidStretch([50, 40, 20], candles).points).toEqual([
      { time: '2026-04-28', value: 322.5 },
      { time: '2026-04-29', value: 258 },
      { time: '2026-04-30', value: 129 },
    ])
    expect(overlaidStretch([], candles).points).toEqual([])
  })
})
