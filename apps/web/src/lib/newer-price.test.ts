import { describe, expect, it } from 'vitest'
import type { HeardQuote } from './feed-types.ts'
import { newestOf } from './newer-price.ts'

const priceOf = (last_price: number | null, second: number, heardAt: number) =>
  ({ last_price, as_of: last_price === null ? null : `2026-03-12T11:42:0${second}.000+05:30`, heardAt }) as HeardQuote

describe('the newest price', () => {
  const told = priceOf(100, 3, 5_000)

  it('is whichever has come, while the other has not', () => {
    expect(newestOf(undefined, undefined)).toBeUndefined()
    expect(newestOf(told, undefined)).toBe(told)
    expect(newestOf(undefined, told)).toBe(told)
  })

  it('is the stream’s where that was heard or made later, or the server had none', () => {
    const [heardLater, madeLater] = [priceOf(101, 1, 6_000), priceOf(102, 4, 4_000)]
    expect(newestOf(told, heardLater)).toBe(heardLater)
    expect(newestOf(told, madeLater)).toBe(madeLater)
    expect(newestOf(priceOf(null, 0, 9_000), madeLater)).toBe(madeLater)
  })

  it('is the server’s where the stream told an older one, or none', () => {
    expect(newestOf(told, priceOf(99, 2, 4_000))).toBe(told)
    expect(newestOf(told, priceOf(null, 0, 9_000))).toBe(told)
  })
})
