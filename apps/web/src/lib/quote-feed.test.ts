import type { StreamEvent } from '@banyan/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FeedMessage, FeedPeers, HeardQuotes } from './feed-types.ts'
import { createQuoteFeed } from './quote-feed.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const quoteOf = (last: number) => ({
  last_price: last,
  prev_close: 100,
  change: null,
  change_percent: null,
  currency: 'INR' as const,
  source: 'invented',
  as_of: '2026-03-12T11:42:07.000+05:30',
  age_ms: 5,
  delay: 'live' as const,
  fallback_reason: null,
})
const quotesOf = (prices: Record<string, number>): StreamEvent => ({
  kind: 'quotes',
  quotes: Object.fromEntries(Object.entries(prices).map(([id, last]) => [id, quoteOf(last)])),
  as_of_ist: '',
})
const beat: StreamEvent = {
  kind: 'beat',
  as_of_ist: '',
  is_open: true,
  market: { mode: 'live', recorded_date: null },
}

/** One browser: its tabs hear each other, and one lock goes from tab to tab. */
function createBrowser() {
  const heard: ((message: FeedMessage, from: string) => void)[] = []
  const waiting: (() => void)[] = []
  let held = false
  const next = () => {
    const win = waiting.shift()
    held = win !== undefined
    win?.()
  }
  return (tab: string): FeedPeers<FeedMessage> => ({
    tab,
    async lead(won, lost, signal) {
      const win = () => {
        signal.addEventListener('abort', () => {
          lost()
          next()
        })
        won()
      }
      waiting.push(win)
      signal.addEventListener('abort', () => {
        if (waiting.includes(win)) waiting.splice(waiting.indexOf(win), 1)
      })
      if (!held) next()
    },
    send: (message) => {
      for (const hear of heard) hear(structuredClone(message), tab)
    },
    onMessage: (hear) => heard.push((message, from) => from !== tab && hear(message)),
  })
}

/** Streams that stay open and are written to by hand, the newest last. */
function createStreams() {
  const opened: { instruments: readonly string[]; signal: AbortSignal; write(event: StreamEvent | Error): void }[] = []
  async function* open(instruments: readonly string[], { signal }: { readonly signal: AbortSignal }) {
    const queue: (StreamEvent | Error)[] = []
    let wake: () => void = () => undefined
    signal.addEventListener('abort', () => wake())
    const write = (event: StreamEvent | Error) => {
      queue.push(event)
      wake()
    }
    opened.push({ instruments, signal, write })
    while (!signal.aborted) {
      const event = queue.shift()
      if (event instanceof Error) throw event
      if (event) yield event
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  const live = () => opened.filter(({ signal }) => !signal.aborted)
  return { open, opened, live }
}

function createFeeds() {
  const streams = createStreams()
  const peersOf = createBrowser()
  const frames: (() => void)[] = []
  return {
    ...streams,
    feed: (tab: string) =>
      createQuoteFeed({
        open: streams.open,
        peers: peersOf(tab),
        now: () => Date.now(),
        onFrame: (callback) => frames.push(callback),
      }),
    /** Lets everything that waits happen, then shows a frame. */
    async settle() {
      await vi.advanceTimersByTimeAsync(100)
      for (const frame of frames.splice(0)) frame()
    },
  }
}

const prices = (changed: HeardQuotes) => [...changed].map(([id, { last_price }]) => [id, last_price])

describe('the feed of prices', () => {
  it('opens one stream for all who follow, and hands each the latest of its own once a frame', async () => {
    const { feed, opened, settle } = createFeeds()
    const own = feed('a')
    const [one, two] = [vi.fn(), vi.fn()]
    own.follow(['NSE:TCS', 'NSE:INFY'], (changed) => one(prices(changed)))
    own.follow(['NSE:INFY'], (changed) => two(prices(changed)))
    await settle()
    expect(opened.map(({ instruments }) => instruments)).toEqual([['NSE:TCS', 'NSE:INFY']])
    opened[0]?.write(quotesOf({ 'NSE:TCS': 1, 'NSE:INFY': 2 }))
    opened[0]?.write(quotesOf({ 'NSE:TCS': 3 }))
    expect(one).not.toHaveBeenCalled()
    await settle()
    expect(one.mock.calls).toEqual([
      [
        [
          ['NSE:TCS', 3],
          ['NSE:INFY', 2],
        ],
      ],
    ])
    expect(two.mock.calls).toEqual([[[['NSE:INFY', 2]]]])
    opened[0]?.write(quotesOf({ 'NSE:TCS': 4 }))
    await settle()
    expect([one.mock.calls.length, two.mock.calls.length]).toEqual([2, 1])
  })

  it('opens another only where the one lacks an instrument, and ends with the last who follows', async () => {
    const { feed, opened, live, settle } = createFeeds()
    const own = feed('a')
    const leaveBoth = own.follow(['NSE:TCS', 'NSE:INFY'], () => undefined)
    await settle()
    const leaveTcs = own.follow(['NSE:TCS'], () => undefined)
    await settle()
    expect(opened.length).toBe(1)
    const leaveWipro = own.follow(['NSE:WIPRO'], () => undefined)
    await settle()
    expect(live().map(({ instruments }) => instruments)).toEqual([['NSE:TCS', 'NSE:INFY', 'NSE:WIPRO']])
    for (const leave of [leaveBoth, leaveTcs, leaveWipro]) leave()
    await settle()
    expect(live()).toEqual([])
  })

  it('is one for all tabs: another hears the first, and takes over when it leaves', async () => {
    const { feed, opened, live, settle } = createFeeds()
    const [a, b] = [feed('a'), feed('b')]
    const leave = a.follow(['NSE:TCS'], () => undefined)
    await settle()
    opened[0]?.write(beat)
    opened[0]?.write(quotesOf({ 'NSE:TCS': 1 }))
    await settle()
    const hear = vi.fn()
    b.follow(['NSE:TCS'], (changed) => hear(prices(changed)))
    await settle()
    expect(hear.mock.calls).toEqual([[[['NSE:TCS', 1]]]]) // the stream would not tell it again
    expect([b.link().kind, opened.length]).toEqual(['live', 1])
    opened[0]?.write(quotesOf({ 'NSE:TCS': 2 }))
    await settle()
    expect(hear).toHaveBeenLastCalledWith([['NSE:TCS', 2]])
    leave()
    await settle()
    expect([opened.length, live().length]).toEqual([2, 1])
    live()[0]?.write(quotesOf({ 'NSE:TCS': 5 }))
    await settle()
    expect(hear).toHaveBeenLastCalledWith([['NSE:TCS', 5]])
  })

  it('streams what any tab wants', async () => {
    const { feed, live, settle } = createFeeds()
    feed('a').follow(['NSE:TCS'], () => undefined)
    await settle()
    feed('b').follow(['NSE:INFY'], () => undefined)
    await settle()
    expect(live().map(({ instruments }) => instruments)).toEqual([['NSE:TCS', 'NSE:INFY']])
  })

  it('says since when it is lost and why, and goes on trying', async () => {
    const { feed, opened, settle } = createFeeds()
    const own = feed('a')
    own.follow(['NSE:TCS'], () => undefined)
    await settle()
    opened[0]?.write(beat)
    await settle()
    expect(own.link()).toMatchObject({ kind: 'live', isOpen: true })
    const lostAt = Date.now()
    opened[0]?.write(new Error('The stream broke off.'))
    await settle()
    expect(own.link()).toEqual({ kind: 'lost', since: lostAt, problem: 'The stream broke off.', isOver: false })
    await vi.advanceTimersByTimeAsync(2_000)
    const backAt = Date.now()
    opened[1]?.write(beat)
    await settle()
    opened[1]?.write(beat)
    await settle()
    expect(own.link()).toMatchObject({ kind: 'live', since: backAt, beatAt: backAt + 100 })
  })

  it('forgets how it stood when nobody follows any more', async () => {
    const { feed, opened, settle } = createFeeds()
    const own = feed('a')
    const leave = own.follow(['NSE:TCS'], () => undefined)
    await settle()
    opened[0]?.write(beat)
    await settle()
    const heard = vi.fn()
    own.onLink(heard)
    leave()
    expect([own.link(), heard.mock.calls.length]).toEqual([{ kind: 'opening' }, 1])
  })
})
