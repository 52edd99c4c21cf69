import { describe, expect, it } from 'vitest'
import { type Arrangement, arrange } from './arrangement.ts'
import { type MapShare, sectorsOf } from './sectors-of.ts'

const share = (symbol: string, sector: string, value: number): MapShare => ({
  instrument: `NSE:${symbol}`,
  sector,
  change_percent: 1,
  traded_value: value,
})

const market = (values: Readonly<Record<'A' | 'B' | 'C', number>>) =>
  sectorsOf([share('A', 'Power', values.A), share('B', 'Power', values.B), share('C', 'Metals', values.C)])

const orderOf = (arrangement: Arrangement) =>
  arrangement.map(({ name, shares }) => [name, ...shares.map(({ instrument }) => instrument.slice(4))].join(' '))

describe('the arrangement of the map', () => {
  const first = arrange([], market({ A: 100, B: 98, C: 190 }))

  it('begins with the largest', () => {
    expect(orderOf(first)).toEqual(['Power A B', 'Metals C'])
  })

  it('rests while all grow alike and while areas are still right', () => {
    expect(arrange(first, market({ A: 200, B: 196, C: 380 }))).toBe(first)
    expect(arrange(first, market({ A: 100, B: 101, C: 192 }))).toBe(first)
  })

  it('takes new areas in the old order while nothing is clearly larger', () => {
    const next = arrange(first, market({ A: 100, B: 105, C: 222 }))
    expect(orderOf(next)).toEqual(['Power A B', 'Metals C'])
    expect(next[1]?.value).toBe(222)
  })

  it('moves what is clearly larger ahead', () => {
    expect(orderOf(arrange(first, market({ A: 100, B: 150, C: 300 })))).toEqual(['Metals C', 'Power B A'])
  })

  it('has a share that comes at once, where its value puts it, and none that has gone', () => {
    const withNew = sectorsOf([share('A', 'Power', 100), share('D', 'Power', 1), share('C', 'Metals', 190)])
    expect(orderOf(arrange(first, withNew))).toEqual(['Metals C', 'Power A D'])
  })

  it('takes a share to its new sector', () => {
    const moved = sectorsOf([share('A', 'Power', 100), share('B', 'Metals', 98), share('C', 'Metals', 190)])
    expect(orderOf(arrange(first, moved))).toEqual(['Metals C B', 'Power A'])
  })
})
