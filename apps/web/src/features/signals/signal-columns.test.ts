import { describe, expect, it } from 'vitest'
import { orderAfter, signalColumns, wayOf } from './signal-columns.ts'

const column = (sort: string) => {
  const found = signalColumns.find((one) => one.sort === sort)
  if (!found) throw new Error(`There is no column ${sort}.`)
  return found
}

describe('the columns of the signals', () => {
  it('order figures from the highest and names from A, then the other way, then as the server does', () => {
    expect(orderAfter(column('n'), undefined)).toBe('-n')
    expect(orderAfter(column('n'), '-n')).toBe('n')
    expect(orderAfter(column('n'), 'n')).toBeUndefined()
    expect(orderAfter(column('symbol'), '-n')).toBe('symbol')
    expect(orderAfter(column('symbol'), 'symbol')).toBe('-symbol')
  })

  it('tell which of them the table is ordered by', () => {
    expect(signalColumns.map((one) => wayOf(one, '-detected_at')).filter((way) => way !== 'none')).toEqual([
      'descending',
    ])
    expect(wayOf(column('pattern'), 'pattern')).toBe('ascending')
  })
})
