import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultRange, intervals, parseSearch, ranges, searchOf, viewOf } from './view.ts'

describe('the address', () => {
  it('restores every view', () => {
    const view = fc.record({
      instrument: fc.constantFrom('NSE:TCS', 'NSE:M&M', 'BSE:SENSEX', 'NSE:NIFTY 50'),
      interval: fc.constantFrom(...intervals.map(({ value }) => value)),
      range: fc.constantFrom(...ranges.map(({ value }) => value)),
      adjusted: fc.boolean(),
    })
    fc.assert(
      fc.property(view, (original) => {
        expect(viewOf(parseSearch({ ...searchOf(original) }))).toEqual(original)
      }),
    )
  })

  it('opens on NIFTY 50 by day when it says nothing', () => {
    expect(viewOf(parseSearch({}))).toEqual({
      instrument: 'NSE:NIFTY 50',
      interval: 'day',
      range: '1y',
      adjusted: true,
    })
  })

  it('still opens when mistyped', () => {
    expect(parseSearch({ i: 7, int: 'fortnight', r: '2y', adj: 'yes' })).toEqual({})
    expect(parseSearch({ i: ' tcs ', int: 'week' })).toEqual({ i: 'NSE:TCS', int: 'week' })
  })

  it('leaves out a range that goes without saying', () => {
    const view = viewOf({ i: 'NSE:TCS', int: '5minute' })
    expect(searchOf(view)).toEqual({ i: 'NSE:TCS', int: '5minute' })
    expect(searchOf({ ...view, range: 'max', adjusted: false })).toEqual({
      i: 'NSE:TCS',
      int: '5minute',
      r: 'max',
      adj: 'raw',
    })
    expect(intervals.map(({ value }) => defaultRange(value))).toEqual(['1d', '5d', '1m', '1m', '1m', '1y', '5y', 'max'])
  })
})
