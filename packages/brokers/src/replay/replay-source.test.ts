import { addDays, istMidnight, type Quote } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { createManualTime } from '../memory/manual-time.ts'
import { describeQuoteSource } from '../quote-source.suite.ts'
import type { QuoteSource } from '../quote-source.ts'
import { createReplayClock } from './replay-clock.ts'
import { createReplaySource } from './replay-source.ts'
import { inventDay, newcomer, nifty, recordedDate, recordedMidnight, sensex, tcs } from './testing/invented-day.ts'

const unknown = 'NSE:NOPE' as typeof tcs
const previousEnd = istMidnight('2021-06-08') + 55_800_000
const time = (hour: number, minute: number, second = 0) => ((hour * 60 + minute) * 60 + second) * 1000
const secondOf = (hour: number, minute: number, second = 0) => time(hour, minute, second) / 1000

const day = inventDay([
  [0, secondOf(9, 16), 101, 10],
  [1, secondOf(9, 16), 15_010, 0],
  [2, secondOf(9, 16, 1), 55, 7],
  [0, secondOf(9, 17), 102, 30],
  [0, secondOf(15, 29, 59), 104.5, 900],
  [1, secondOf(15, 30, 20), 15_149, 0],
])

/** The wall shows `timeOfDay` on some day five years later. */
function replayAt(timeOfDay: number, seed = 1) {
  const wall = createManualTime(istMidnight('2026-11-21') + timeOfDay)
  const clock = createReplayClock({ wall, date: recordedDate })
  return { wall, clock, source: createReplaySource({ day, clock, seed, timers: wall }) }
}

async function quoteAt(timeOfDay: number, id: typeof tcs): Promise<Quote | undefined> {
  const { source } = replayAt(timeOfDay)
  return (await source.fetchQuotes([id], new AbortController().signal)).get(id)
}

function record(source: QuoteSource) {
  const quotes: Quote[] = []
  const beats: number[] = []
  source.subscribe?.({ onQuotes: (batch) => quotes.push(...batch), onHeartbeat: (at) => beats.push(at) })
  return { quotes, beats }
}

describeQuoteSource('replay', () => {
  const { wall, clock, source } = replayAt(time(9, 16, 30))
  return { source, clock, known: [tcs, nifty, newcomer, sensex], unknown, letPricesChange: () => wall.advance(dayLong) }
})
const dayLong = 24 * 3_600_000

describe('the replay source', () => {
  it('shows the previous close against the close before it until the first tick', async () => {
    expect(await quoteAt(time(9, 15), tcs)).toMatchObject({
      lastPrice: 100,
      prevClose: 98,
      volume: null,
      asOf: previousEnd,
    })
    expect(await quoteAt(time(9, 15), nifty)).toMatchObject({ lastPrice: 15_000, prevClose: null })
    expect(await quoteAt(time(9, 15), newcomer)).toBeUndefined()
  })

  it('shows the tick of its recorded second against the previous close', async () => {
    const asOf = recordedMidnight + time(9, 17)
    expect(await quoteAt(time(9, 18), tcs)).toMatchObject({
      lastPrice: 102,
      prevClose: 100,
      volume: 30,
      asOf,
      source: 'replay',
    })
    expect(await quoteAt(time(9, 18), nifty)).toMatchObject({ lastPrice: 15_010, prevClose: 15_000, volume: null })
    expect(await quoteAt(time(9, 18), newcomer)).toMatchObject({ lastPrice: 55, prevClose: null })
  })

  it('shows the official close only after the last tick of the day, as of the session end or the own last tick', async () => {
    expect(await quoteAt(time(15, 30, 19), tcs)).toMatchObject({
      lastPrice: 104.5,
      asOf: recordedMidnight + time(15, 29, 59),
    })
    expect(await quoteAt(time(15, 30, 21), tcs)).toMatchObject({
      lastPrice: 105,
      asOf: recordedMidnight + time(15, 30),
    })
    expect(await quoteAt(time(15, 30, 21), nifty)).toMatchObject({
      lastPrice: 15_150,
      asOf: recordedMidnight + time(15, 30, 20),
    })
  })

  it('keeps the last tick where no official close is known', async () => {
    expect(await quoteAt(time(20, 0), newcomer)).toMatchObject({
      lastPrice: 55,
      asOf: recordedMidnight + time(9, 16, 1),
    })
  })

  it('shows an instrument with daily rows only at its previous close, then at the close when the session ends', async () => {
    expect(await quoteAt(time(15, 29, 59), sensex)).toMatchObject({
      lastPrice: 52_000,
      prevClose: 51_500,
      asOf: previousEnd,
    })
    const close = { lastPrice: 52_300, prevClose: 52_000, asOf: recordedMidnight + time(15, 30) }
    expect(await quoteAt(time(15, 30), sensex)).toMatchObject(close)
    expect(await quoteAt(time(3, 0), sensex)).toMatchObject(close)
  })

  it('pushes the state of now at once, then each change, each at most 50 ms and a second after its recorded second', () => {
    const { wall, source } = replayAt(time(9, 16, 30))
    const { quotes } = record(source)
    expect(quotes.map((quote) => quote.lastPrice)).toEqual([101, 15_010, 55, 52_000])
    wall.advance(time(0, 1))
    const late = quotes[4]
    expect(late).toMatchObject({ instrument: tcs, lastPrice: 102 })
    expect((late?.receivedAt ?? 0) - (late?.asOf ?? 0)).toBeLessThan(1_050)
  })

  it('pushes the same at the same instants for the same seed', () => {
    const [first, second, other] = [1, 1, 2].map((seed) => {
      const { wall, source } = replayAt(time(9, 15, 59), seed)
      const { quotes } = record(source)
      wall.advance(time(0, 2))
      return quotes
    })
    expect(second).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it('goes back to the previous close when the loop begins again, and never shows a price from the future', () => {
    const { wall, clock, source } = replayAt(time(8, 59, 59))
    const { quotes } = record(source)
    expect(quotes.every((quote) => quote.asOf >= recordedMidnight)).toBe(true)
    const before = quotes.length
    wall.advance(1_000)
    expect(quotes.slice(before).map((quote) => [quote.instrument, quote.lastPrice])).toEqual([
      [tcs, 100],
      [nifty, 15_000],
      [sensex, 52_000],
    ])
    expect(quotes.slice(before).every((quote) => quote.asOf === previousEnd)).toBe(true)
    expect(clock.now()).toBe(recordedMidnight + time(9, 0))
    expect(istMidnight(addDays(recordedDate, -1))).toBeLessThan(previousEnd)
  })

  it('gives a sign of life each second while nothing changes', () => {
    const { wall, source } = replayAt(time(20, 0))
    const { beats } = record(source)
    wall.advance(10_000)
    expect(beats.length).toBe(10)
  })

  it('needs an instrument', () => {
    const { clock, wall } = replayAt(time(9, 0))
    const empty = { ...inventDay([]), instruments: [] }
    expect(() => createReplaySource({ day: empty, clock, seed: 1, timers: wall })).toThrow(RangeError)
  })
})
