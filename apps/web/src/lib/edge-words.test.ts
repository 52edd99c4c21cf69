import { describe, expect, it } from 'vitest'
import { caseWords, type EdgeRecord, edgeFigures, edgeWords, liftPoints } from './edge-words.ts'

const record: EdgeRecord = {
  direction: 'bullish',
  timeframe: '1d',
  confidence: 57.4,
  horizon: { bars: 5, timeframe: '1d' },
  n: 1412,
  base_rate: 51.6,
  interval: [54.1, 60.2],
  verdict: 'edge',
}

describe('a measured record in words', () => {
  it('is its figures where there is an edge', () => {
    expect(edgeWords(record)).toBe('57 of 100 against 52 usual, n\u00a0=\u00a01,412')
  })

  it('says plainly that there is no edge or that the cases are too few', () => {
    expect(edgeWords({ ...record, verdict: 'no_measurable_edge' })).toBe('No measurable edge')
    expect(edgeWords({ ...record, verdict: 'too_few_cases', n: 12 })).toBe('Too few cases to tell')
  })

  it('leaves out what is not known', () => {
    expect(edgeFigures({ ...record, confidence: null, n: 0 })).toBe('no past case')
    expect(edgeFigures({ ...record, base_rate: null })).toBe('57 of 100, n\u00a0=\u00a01,412')
    expect(liftPoints({ ...record, base_rate: null })).toBeNull()
  })

  it('names what was counted, in one and in many', () => {
    expect(caseWords(record)).toBe('higher after 5 trading days')
    expect(caseWords({ direction: 'bearish', horizon: { bars: 1, timeframe: '1w' } })).toBe('lower after 1 week')
  })
})
