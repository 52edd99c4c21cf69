import { describe, expect, it } from 'vitest'
import { type FeedHappening, unheard, watchFeed } from './feed-watch.ts'

const live = (since: number, beatAt: number): FeedHappening => ({
  kind: 'link',
  link: { kind: 'live', isOpen: true, mode: 'live', since, beatAt },
})
const lost = (isOver = false): FeedHappening => ({
  kind: 'link',
  link: { kind: 'lost', since: 2_000, problem: 'The stream broke off.', isOver },
})
const opening: FeedHappening = { kind: 'link', link: { kind: 'opening' } }
const prices = (count: number, at: number): FeedHappening => ({ kind: 'prices', count, at })
const watchOf = (...happenings: FeedHappening[]) => happenings.reduce(watchFeed, unheard)

describe('what a page sees of its stream', () => {
  it('begins with the first sign of life, and goes on from it', () => {
    expect(watchOf(opening)).toEqual(unheard)
    expect(watchOf(opening, live(1_000, 1_000), prices(2, 1_100), live(1_000, 5_000), prices(1, 6_000))).toEqual({
      connectedSince: 1_000,
      lastEventAt: 6_000,
      prices: 3,
      reconnects: 0,
      problem: null,
      isOver: false,
    })
  })

  it('takes over the stream another tab opened before', () => {
    expect(watchOf(live(1_000, 91_000))).toMatchObject({ connectedSince: 1_000, lastEventAt: 91_000, reconnects: 0 })
  })

  it('keeps the last sign of life when it breaks off, with the reason', () => {
    expect(watchOf(live(1_000, 1_000), lost())).toMatchObject({
      connectedSince: null,
      lastEventAt: 1_000,
      problem: 'The stream broke off.',
    })
    // What was heard before the break is handed on a little after it.
    expect(watchOf(live(1_000, 1_000), lost(), prices(1, 2_050)).connectedSince).toBeNull()
  })

  it('counts each time it came back, but no failed try', () => {
    const [back, again] = [live(9_000, 9_000), live(20_000, 20_000)]
    expect(watchOf(live(1_000, 1_000), lost(), lost(), back, live(9_000, 10_000), lost(), again)).toMatchObject({
      connectedSince: 20_000,
      reconnects: 2,
      problem: null,
    })
    expect(watchOf(lost(), live(2_000, 2_000)).reconnects).toBe(0)
  })

  it('says when no further try is made', () => {
    expect(watchOf(lost(true))).toMatchObject({ isOver: true, lastEventAt: null })
  })
})
