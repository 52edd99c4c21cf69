import type { StreamEvent } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { type FeedHappening, unheard, watchFeed } from './feed-watch.ts'

const beat = (at: number): FeedHappening => ({ kind: 'event', event: { kind: 'beat' } as StreamEvent, at })
const quotes = (at: number, ...ids: string[]): FeedHappening => ({
  kind: 'event',
  event: { kind: 'quotes', quotes: Object.fromEntries(ids.map((id) => [id, {}])) } as StreamEvent,
  at,
})
const problem = new Error('The stream broke off.')
const broken: FeedHappening = { kind: 'break', problem, isOver: false }
const watchOf = (...happenings: FeedHappening[]) => happenings.reduce(watchFeed, unheard)

describe('what a page sees of its stream', () => {
  it('begins with the first sign of life, and goes on from it', () => {
    expect(watchOf(quotes(1_000, 'a', 'b'), beat(5_000), quotes(6_000, 'a'))).toEqual({
      connectedSince: 1_000,
      lastEventAt: 6_000,
      prices: 3,
      reconnects: 0,
      problem: null,
      isOver: false,
    })
  })

  it('keeps the last sign of life when it breaks off, with the reason', () => {
    expect(watchOf(beat(1_000), broken)).toMatchObject({ connectedSince: null, lastEventAt: 1_000, problem })
  })

  it('counts each time it came back, but no failed try', () => {
    const back = watchOf(beat(1_000), broken, broken, beat(9_000), beat(10_000), broken, beat(20_000))
    expect(back).toMatchObject({ connectedSince: 20_000, reconnects: 2, problem: null })
    expect(watchOf(broken, beat(2_000)).reconnects).toBe(0)
  })

  it('says when no further try is made', () => {
    expect(watchOf({ kind: 'break', problem, isOver: true })).toMatchObject({ isOver: true, lastEventAt: null })
  })
})
