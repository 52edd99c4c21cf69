import { describe, expect, it } from 'vitest'
import { feedWords } from './feed-words.ts'

const at = Date.parse('2026-03-12T11:42:07+05:30')
const instead = 'The book is asked for every 5 seconds instead.'
const live = { kind: 'live', isOpen: true, mode: 'live', since: at, beatAt: at } as const

describe('words on where prices come from', () => {
  it('tell live, recorded and closed apart', () => {
    expect(feedWords({ kind: 'opening' }, at, instead).kind).toBe('opening')
    expect(feedWords(live, at, instead)).toEqual({ kind: 'live', text: 'Live prices, as they come.' })
    expect(feedWords({ ...live, mode: 'replay' }, at, instead).text).toContain('Recorded prices')
    expect(feedWords({ ...live, isOpen: false }, at, instead)).toMatchObject({ kind: 'shut' })
  })

  it('name a stream that is lost or says nothing, since when, and what is done instead', () => {
    expect(
      feedWords({ kind: 'lost', since: at, problem: 'The stream broke off.', isOver: false }, at + 60_000, instead),
    ).toEqual({
      kind: 'lost',
      text: 'Live prices lost since 11:42:07 IST. The stream broke off. The book is asked for every 5 seconds instead.',
    })
    expect(feedWords(live, at + 15_000, instead).kind).toBe('live')
    expect(feedWords(live, at + 17_000, instead).text).toContain('lost since 11:42:07 IST. The stream fell silent.')
  })
})
