import { describe, expect, it, vi } from 'vitest'
import { createBookStore } from './book-store.ts'
import type { LiveBook } from './live-row.ts'

/** A book of groups without rows: what the store tells apart is their text. */
const bookOf = (values: Readonly<Record<string, number>>, answeredAt = 1) =>
  ({
    answeredAt,
    groups: Object.entries(values).map(([key, current_value]) => ({ key, current_value, rows: [] })),
  }) as unknown as LiveBook

describe('the store of a book', () => {
  it('tells of an answer only those whose group says something new', () => {
    const store = createBookStore(bookOf({ INFY: 10, TCS: 20 }))
    const [infy, tcs, answer] = [vi.fn(), vi.fn(), vi.fn()]
    const leave = store.onGroup('INFY', infy)
    store.onGroup('TCS', tcs)
    store.onAnswer(answer)
    const before = store.group('TCS')
    store.replace(bookOf({ INFY: 11, TCS: 20 }, 2))
    expect([infy, tcs, answer].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1])
    expect([store.group('TCS') === before, store.answered().answeredAt]).toEqual([true, 2])
    leave()
    store.replace(bookOf({ TCS: 21 }, 3))
    expect([infy, tcs].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
    expect(store.group('INFY')).toBeNull()
  })

  it('tells nobody of prices of what is not in it', () => {
    const store = createBookStore(bookOf({ INFY: 10 }))
    const changed = vi.fn()
    store.onBook(changed)
    store.hear(new Map())
    expect(changed).not.toHaveBeenCalled()
  })
})
