import { type InstrumentId, parseTimestamp, type Quote } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { describeQuoteSource } from '../quote-source.suite.ts'
import { createManualTime } from './manual-time.ts'
import { createMemorySource } from './memory-source.ts'

const [tcs, infy, nope] = ['NSE:TCS', 'NSE:INFY', 'NSE:NOPE'] as InstrumentId[] as [
  InstrumentId,
  InstrumentId,
  InstrumentId,
]
const start = parseTimestamp('2026-03-12T10:00:00+05:30') ?? 0

for (const delivery of ['poll', 'stream'] as const) {
  describeQuoteSource(`the in-memory source (${delivery})`, () => {
    const clock = createManualTime(start)
    const source = createMemorySource({ clock, probe: tcs, delivery })
    source.hold({ [tcs]: 3412.5, [infy]: { lastPrice: 1501.2, prevClose: 1498.1, volume: 12 } })
    let price = 100
    const letPricesChange = () => {
      clock.advance(1_000)
      source.push({ [tcs]: price++ })
    }
    return { source, clock, known: [tcs, infy], unknown: nope, letPricesChange }
  })
}

describe('the in-memory source', () => {
  const create = () => createMemorySource({ clock: createManualTime(start), probe: tcs, delivery: 'stream' })

  it('fails when told', async () => {
    const source = create()
    source.behave('fail')
    await expect(source.fetchQuotes([tcs], new AbortController().signal)).rejects.toThrow('memory failed')
  })

  it('hangs when told, until the signal ends the call', async () => {
    const source = create()
    source.behave('hang')
    const controller = new AbortController()
    const answer = source.fetchQuotes([tcs], controller.signal)
    expect(source.pending()).toBe(1)
    controller.abort(new Error('too slow'))
    await expect(answer).rejects.toThrow('too slow')
    expect(source.pending()).toBe(0)
  })

  it('answers late when told', async () => {
    const source = create()
    source.hold({ [tcs]: 5 })
    source.behave({ lagMs: 1 })
    expect((await source.fetchQuotes([tcs], new AbortController().signal)).get(tcs)?.lastPrice).toBe(5)
  })

  it('tells its subscribers about life and death', () => {
    const source = create()
    const heard: (string | number | readonly Quote[])[] = []
    source.subscribe?.({
      onQuotes: (q) => heard.push(q),
      onHeartbeat: (at) => heard.push(at),
      onDown: (why) => heard.push(why),
    })
    source.heartbeat()
    source.goDown('cut')
    expect(heard).toEqual([start, 'cut'])
    expect(source.subscribers()).toBe(1)
  })
})
