import { describe, expect, it } from 'vitest'
import { feedWords, lateWords } from './feed-words.ts'

const at = Date.parse('2026-03-12T11:42:07+05:30')
const live = { kind: 'live', isOpen: true, mode: 'live', beatAt: at } as const

describe('words on where prices come from', () => {
  it('tell live, recorded and closed apart', () => {
    expect(feedWords({ kind: 'opening' }, at, 5_000).kind).toBe('opening')
    expect(feedWords(live, at, 5_000)).toEqual({ kind: 'live', text: 'Live prices, as they come.' })
    expect(feedWords({ ...live, mode: 'replay' }, at, 5_000).text).toContain('Recorded prices')
    expect(feedWords({ ...live, isOpen: false }, at, 5_000)).toMatchObject({ kind: 'shut' })
  })

  it('name a stream that is lost or says nothing, since when, and what is done instead', () => {
    expect(feedWords({ kind: 'lost', since: at, problem: 'The stream broke off.' }, at + 60_000, 5_000)).toEqual({
      kind: 'lost',
      text: 'Live prices lost since 11:42:07 IST. The stream broke off. The book is asked for every 5 seconds instead.',
    })
    expect(feedWords(live, at + 15_000, 5_000).kind).toBe('live')
    expect(feedWords(live, at + 17_000, 5_000).text).toContain('lost since 11:42:07 IST. The stream fell silent.')
  })

  it('name the prices that lag and their sources', () => {
    const group = (symbol: string, delay: string | null, source = 'yahoo') =>
      ({ symbol, rows: [{ delay, source }] }) as unknown as Parameters<typeof lateWords>[0]['groups'][number]
    expect(lateWords({ groups: [group('INFY', 'live'), group('TCS', null)] })).toBeNull()
    expect(lateWords({ groups: [group('INFY', 'delayed')] })).toBe('INFY (yahoo)')
    const many = ['A', 'B', 'C', 'D'].map((symbol, i) => group(symbol, 'delayed', i === 0 ? 'zerodha' : 'yahoo'))
    expect(lateWords({ groups: many })).toBe('A, B, C and 1 other (yahoo, zerodha)')
  })
})
