import type { InstrumentPatternsReply } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { defaultShown, type FoundCandlestick, type FoundFormation, rankFindings } from './findings.ts'

const edge: NonNullable<FoundFormation['edge']> = {
  timeframe: '1d',
  direction: 'bullish',
  confidence: 50,
  horizon: { bars: 5, timeframe: '1d' },
  n: 100,
  hits: 50,
  base_rate: 50,
  prior_weight: 50,
  interval: [45, 55],
  verdict: 'no_measurable_edge',
  hit_rate: 50,
  mean_return_percent: 0,
  q: 1,
}

const formation = (pattern_id: string, part: Partial<FoundFormation> = {}): FoundFormation => ({
  pattern_id,
  name: pattern_id,
  direction: 'bullish',
  state: 'expired',
  quality: 50,
  from: '2026-03-02',
  to: '2026-03-12',
  detected_at: '2026-03-12T15:30:00+05:30',
  confirmed_at: null,
  breakout: null,
  measured_move: null,
  opposite_border: null,
  anchors: [],
  lines: [],
  edge,
  ...part,
})

const candlestick = (pattern_id: string, part: Partial<FoundCandlestick> = {}): FoundCandlestick => ({
  pattern_id,
  name: pattern_id,
  direction: 'bullish',
  value: 100,
  from: '2026-03-12',
  time: '2026-03-12',
  detected_at: '2026-03-12T15:30:00+05:30',
  edge,
  ...part,
})

const reply = (part: Pick<InstrumentPatternsReply, 'candlesticks' | 'formations'>): InstrumentPatternsReply => ({
  instrument: 'NSE:TCS',
  interval: 'day',
  candles: 120,
  from: null,
  as_of: null,
  measured: null,
  disclaimer: '',
  market: { mode: 'live', recorded_date: null },
  ...part,
})

describe('what was found', () => {
  it('stands first where it has an edge, then what is in play, the best shaped, the newest', () => {
    const found = rankFindings(
      reply({
        candlesticks: [
          candlestick('doji', { direction: null, edge: null }),
          candlestick('older', { detected_at: '2026-03-10T15:30:00+05:30' }),
          candlestick('hammer'),
          candlestick('star', { edge: { ...edge, verdict: 'edge' } }),
        ],
        formations: [
          formation('rough', { quality: 20 }),
          formation('forming', { quality: 10, state: 'forming' }),
          formation('fine', { quality: 90 }),
          formation('rare', { edge: { ...edge, verdict: 'too_few_cases' } }),
        ],
      }),
    )
    expect(found.map(({ name }) => name)).toEqual([
      'star',
      'forming',
      'fine',
      'rough',
      'hammer',
      'older',
      'rare',
      'doji',
    ])
    expect(defaultShown(found)).toEqual(['forming.bullish', 'fine.bullish', 'star.bullish', 'hammer.bullish'])
  })

  it('is one row per pattern and direction, with each time it was found', () => {
    const found = rankFindings(
      reply({
        candlesticks: [
          candlestick('star'),
          candlestick('star', { direction: 'bearish' }),
          candlestick('star', { time: '2026-03-05' }),
        ],
        formations: [],
      }),
    )
    expect(found.map(({ key, cases }) => [key, cases.length])).toEqual([
      ['star.bearish', 1],
      ['star.bullish', 2],
    ])
  })
})
