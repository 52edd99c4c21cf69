import { describe, expect, it } from 'vitest'
import { lateWords } from './late-words.ts'

describe('words on prices that lag', () => {
  it('name them and their sources', () => {
    const group = (symbol: string, delay: string | null, source = 'yahoo') =>
      ({ symbol, rows: [{ delay, source }] }) as unknown as Parameters<typeof lateWords>[0]['groups'][number]
    expect(lateWords({ groups: [group('INFY', 'live'), group('TCS', null)] })).toBeNull()
    expect(lateWords({ groups: [group('INFY', 'delayed')] })).toBe('INFY (Yahoo)')
    const many = ['A', 'B', 'C', 'D'].map((symbol, i) => group(symbol, 'delayed', i === 0 ? 'zerodha' : 'yahoo'))
    expect(lateWords({ groups: many })).toBe('A, B, C and 1 other (Yahoo, Zerodha)')
  })
})
