import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DelayFacts, delayClassOf } from './delay-class.ts'
import type { DelayClass } from './quote.ts'

const now = 1_800_000_000_000
const live: DelayFacts = {
  isReplay: false,
  streaming: true,
  lagging: false,
  segmentOpen: true,
  subscriptionActive: true,
  lastSignOfLifeAt: now - 1_000,
  now,
  ageMs: 640,
  readAfterSessionEnd: false,
}
const polled: Partial<DelayFacts> = { streaming: false, subscriptionActive: false, lastSignOfLifeAt: null }
const closed: Partial<DelayFacts> = { segmentOpen: false, readAfterSessionEnd: true, ageMs: 3_600_000 }

const table: readonly (readonly [string, Partial<DelayFacts>, DelayClass])[] = [
  ['a recording', { isReplay: true }, 'replay'],
  ['a recording after hours', { ...closed, isReplay: true }, 'replay'],
  ['a stream with a packet a second ago', {}, 'live'],
  ['an old price on a stream that is alive', { ageMs: 900_000 }, 'live'],
  ['a sign of life exactly 5 s ago', { lastSignOfLifeAt: now - 5_000 }, 'live'],
  ['a sign of life 5.001 s ago, price fresh', { lastSignOfLifeAt: now - 5_001 }, 'snapshot'],
  ['a silent stream with an old price', { lastSignOfLifeAt: now - 5_001, ageMs: 60_001 }, 'delayed'],
  ['a stream that never spoke', { lastSignOfLifeAt: null }, 'snapshot'],
  ['an instrument not subscribed', { subscriptionActive: false }, 'snapshot'],
  ['a polled price exactly 60 s old', { ...polled, ageMs: 60_000 }, 'snapshot'],
  ['a polled price 60.001 s old', { ...polled, ageMs: 60_001 }, 'delayed'],
  ['a lagging source, however fresh', { ...polled, lagging: true, ageMs: 0 }, 'delayed'],
  ['a lagging stream', { lagging: true }, 'delayed'],
  ['a stream after the session ended, read since', { ...closed }, 'close'],
  ['a polled price read after the session ended', { ...polled, ...closed }, 'close'],
  ['a lagging source read after the session ended', { ...polled, ...closed, lagging: true }, 'close'],
  ['a fresh price of a closed segment, not read since', { segmentOpen: false, ageMs: 10 }, 'delayed'],
  [
    'a read flag of yesterday while the segment is open',
    { ...polled, readAfterSessionEnd: true, ageMs: 70_000 },
    'delayed',
  ],
]

describe('delayClassOf', () => {
  it.each(table)('%s', (_case, change, expected) => {
    expect(delayClassOf({ ...live, ...change })).toBe(expected)
  })

  it('never calls a price of a lagging source live or snapshot, nor a closed segment live', () => {
    const facts = fc.record({
      isReplay: fc.constant(false),
      streaming: fc.boolean(),
      lagging: fc.boolean(),
      segmentOpen: fc.boolean(),
      subscriptionActive: fc.boolean(),
      lastSignOfLifeAt: fc.option(fc.integer({ min: now - 10_000, max: now })),
      now: fc.constant(now),
      ageMs: fc.nat({ max: 120_000 }),
      readAfterSessionEnd: fc.boolean(),
    })
    fc.assert(
      fc.property(facts, (each) => {
        const fresh = ['live', 'snapshot'].includes(delayClassOf(each))
        expect(fresh && (each.lagging || !each.segmentOpen)).toBe(false)
      }),
    )
  })
})
