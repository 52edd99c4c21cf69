import { describe, expect, it } from 'vitest'
import { parseSignalsSearch } from './signals-search.ts'

describe('the address of the signals', () => {
  it('keeps what is well-formed, leaves out the rest and what is the default', () => {
    expect(
      parseSignalsSearch({
        symbol: ' nse:tcs',
        direction: 'up',
        timeframe: '1d',
        verdict: 'edge',
        sort: 'lift',
        bars: '5',
      }),
    ).toEqual({ symbol: 'NSE:TCS', timeframe: '1d', verdict: 'edge' })
    expect(parseSignalsSearch({ pattern: 'nr7', sort: 'cases', bars: '20' })).toEqual({
      pattern: 'nr7',
      sort: 'cases',
      bars: '20',
    })
  })

  it('keeps the order of the signals, either way, and no other', () => {
    expect(parseSignalsSearch({ order: 'symbol' })).toEqual({ order: 'symbol' })
    expect(parseSignalsSearch({ order: '-interval_low' })).toEqual({ order: '-interval_low' })
    expect(parseSignalsSearch({ order: '--n' })).toEqual({})
    expect(parseSignalsSearch({ order: 'quality' })).toEqual({})
  })
})
