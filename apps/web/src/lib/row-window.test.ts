import { describe, expect, it } from 'vitest'
import { layRows, rowAfterKey, rowsInSight, scrollToShow } from './row-window.ts'

const scrolled = (scrollTop: number) => ({ scrollTop, bodyHeight: 480, rowHeight: 48 })

describe('a window on many rows', () => {
  it('makes what is in sight and a few to spare, whatever the length', () => {
    expect(rowsInSight(scrolled(0), 5_000)).toEqual({ from: 0, to: 16 })
    expect(rowsInSight(scrolled(2_424), 5_000)).toEqual({ from: 44, to: 67 })
    expect(rowsInSight(scrolled(5_000 * 48 - 480), 5_000)).toEqual({ from: 4_984, to: 5_000 })
    expect(rowsInSight(scrolled(0), 3)).toEqual({ from: 0, to: 3 })
  })

  it('makes something when the list has become shorter than what was scrolled', () => {
    const { from, to } = rowsInSight(scrolled(100_000), 10)
    expect(from).toBeLessThanOrEqual(to)
    expect(to).toBe(10)
  })

  it('leaves room for the rest, and keeps the row with the focus', () => {
    expect(layRows(10, { from: 4, to: 6 }, 4)).toEqual([
      { gapAt: 0, rows: 4 },
      { row: 4 },
      { row: 5 },
      { gapAt: 6, rows: 4 },
    ])
    expect(layRows(10, { from: 4, to: 6 }, 1)).toEqual([
      { gapAt: 0, rows: 1 },
      { row: 1 },
      { gapAt: 2, rows: 2 },
      { row: 4 },
      { row: 5 },
      { gapAt: 6, rows: 4 },
    ])
    expect(layRows(10, { from: 0, to: 2 }, 9)).toEqual([{ row: 0 }, { row: 1 }, { gapAt: 2, rows: 7 }, { row: 9 }])
    expect(layRows(2, { from: 0, to: 2 }, 5)).toEqual([{ row: 0 }, { row: 1 }])
    expect(layRows(0, { from: 0, to: 0 }, 0)).toEqual([])
  })

  it('scrolls no farther than a row needs', () => {
    expect(scrollToShow(3, scrolled(0))).toBe(0)
    expect(scrollToShow(10, scrolled(0))).toBe(48)
    expect(scrollToShow(2, scrolled(480))).toBe(96)
  })

  it('moves by keys and stays within the list', () => {
    const list = { count: 100, page: 10 }
    expect(
      ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'].map((key) => rowAfterKey(key, 50, list)),
    ).toEqual([51, 49, 59, 41, 0, 99])
    expect(rowAfterKey('ArrowUp', 0, list)).toBe(0)
    expect(rowAfterKey('PageDown', 98, list)).toBe(99)
    expect(rowAfterKey('a', 0, list)).toBeNull()
  })
})
