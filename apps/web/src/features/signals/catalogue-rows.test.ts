import type { PatternsReply } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { catalogueRows } from './catalogue-rows.ts'

type Pattern = PatternsReply['patterns'][number]
type Edge = Pattern['edges'][number]

const edge = (part: Partial<Edge>): Edge => ({
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
  ...part,
})
const pattern = (name: string, ...edges: Edge[]): Pattern => ({
  pattern_id: name.toLowerCase(),
  name,
  kind: 'formation',
  direction: 'both',
  bars: null,
  description: 'Invented.',
  source: 'Invented',
  edges,
})

const patterns = [
  pattern('Anchor', edge({ confidence: 52 }), edge({ direction: 'bearish', confidence: null, base_rate: null })),
  pattern('Bow', edge({ confidence: 60, n: 40, verdict: 'edge' }), edge({ timeframe: '1w' })),
  pattern('Cup', edge({ n: 0, confidence: null }), edge({ horizon: { bars: 20, timeframe: '1d' } })),
]
const names = (search: Parameters<typeof catalogueRows>[1]) =>
  catalogueRows(patterns, search).map(({ pattern: { name }, edge: { direction } }) => `${name} ${direction}`)

describe('the catalogue', () => {
  it('lists measured daily records over 5 bars by how far they are above the usual, the unknown last', () => {
    expect(names({})).toEqual(['Bow bullish', 'Anchor bullish', 'Anchor bearish'])
  })

  it('follows the filter and the order of the address', () => {
    expect(names({ sort: 'cases' })).toEqual(['Anchor bullish', 'Anchor bearish', 'Bow bullish'])
    expect(names({ verdict: 'edge' })).toEqual(['Bow bullish'])
    expect(names({ timeframe: '1w' })).toEqual(['Bow bullish'])
    expect(names({ bars: '20' })).toEqual(['Cup bullish'])
    expect(names({ pattern: 'anchor', direction: 'bearish' })).toEqual(['Anchor bearish'])
  })
})
