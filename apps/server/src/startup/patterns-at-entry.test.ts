import { BanyanError, instrumentId } from '@banyan/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomWalk } from '../../../../packages/patterns/src/formations/testing/random-walk.ts'
import { createSqlitePlace } from '../infra/database/testing/open-stores.ts'
import { createMemoryEdgeStore } from '../modules/analysis/testing/memory-edge-store.ts'
import {
  asDays,
  ist,
  openRecordedShares,
  type RecordedShares,
  share,
} from '../modules/analysis/testing/recorded-shares.ts'
import { testCalendar } from '../modules/market/testing/create-test-market.ts'
import { createPatternsAtEntry, patternsInForce } from './patterns-at-entry.ts'

const closeOf = (date: string) => ist(`${date}T15:30:00`)

/** A hammer, a doji without direction, a confirmed and a neutral formation, all complete at the close of Tuesday, 1 June 2021. */
const found = {
  instrument: instrumentId('NSE', 'TCS'),
  timeframe: 'day' as const,
  candles: 500,
  from: ist('2019-01-01T00:00:00'),
  asOf: closeOf('2021-06-08'),
  candlesticks: [candlestick('CDLHAMMER', 'bullish'), candlestick('CDLDOJI', null)],
  formations: [formation('double_top', 'bearish'), formation('common_gap', 'neutral')],
}

function candlestick(pattern: string, direction: 'bullish' | null) {
  const time = ist('2021-06-01T00:00:00')
  return { pattern, direction, value: 100, from: time, time, detectedAt: closeOf('2021-06-01') }
}

function formation(pattern: 'double_top' | 'common_gap', direction: 'bearish' | 'neutral') {
  const [from, to] = [ist('2021-05-01T00:00:00'), ist('2021-06-01T00:00:00')]
  const shape = {
    state: 'confirmed' as const,
    quality: 1,
    breakout: null,
    target: null,
    stop: null,
    anchors: [],
    lines: [],
  }
  return {
    pattern,
    direction,
    ...shape,
    from,
    to,
    detectedAt: closeOf('2021-05-28'),
    confirmedAt: closeOf('2021-06-01'),
  }
}

describe('the patterns in force at an instant', () => {
  const inForce = (time: string) => patternsInForce(found, ist(time), testCalendar)

  it('are the directed ones from their close until five candles have closed after it', () => {
    const both = ['CDLHAMMER', 'double_top']
    expect(inForce('2021-06-01T15:29:59')).toEqual([])
    expect(inForce('2021-06-01T15:30:00')).toEqual(both)
    expect(inForce('2021-06-05T12:00:00')).toEqual(both)
    expect(inForce('2021-06-08T15:29:59')).toEqual(both)
    expect(inForce('2021-06-08T15:45:00')).toEqual([])
  })

  it('are not known where the candles end earlier, long before what is shown, and without candles', () => {
    expect(inForce('2021-06-09T12:00:00')).toEqual([])
    expect(inForce('2021-06-09T16:00:00')).toBeNull()
    expect(inForce('2026-03-10T10:00:00')).toBeNull()
    expect(inForce('2021-01-05T10:00:00')).toBeNull()
    expect(patternsInForce({ ...found, asOf: null }, ist('2021-06-01T16:00:00'), testCalendar)).toBeNull()
  })
})

describe('asking the engine at an entry', () => {
  const failures: unknown[] = []
  const onFailure = (error: unknown) => void failures.push(error)
  const over = (findPatterns: () => Promise<typeof found>) =>
    createPatternsAtEntry({ analysis: { findPatterns }, calendar: testCalendar, patienceMs: 20, onFailure })
  const at = ist('2021-06-02T10:00:00')

  it('gives what it finds', async () => {
    expect(await over(async () => found)(found.instrument, at)).toEqual(['CDLHAMMER', 'double_top'])
  })

  it('does not wait for one that is busy, refuses or fails, and tells the log of failures only', async () => {
    expect(await over(() => new Promise(() => undefined))(found.instrument, at)).toBeNull()
    const refuses = over(() => Promise.reject(new BanyanError('unknown_symbol')))
    expect([await refuses(found.instrument, at), failures]).toEqual([null, []])
    const fails = over(() => Promise.reject(new Error('a bug')))
    expect([await fails(found.instrument, at), failures]).toEqual([null, [new Error('a bug')]])
  })
})

describe('over the engine itself', () => {
  let given: RecordedShares
  beforeAll(async () => {
    const shares = [{ symbol: 'TCS', days: asDays(randomWalk(600, 3), '2021-06-08') }]
    given = await openRecordedShares(await createSqlitePlace(), shares, createMemoryEdgeStore())
  })
  afterAll(() => given.close())

  it('what stood at a past instant is what the engine found then', async () => {
    const { analysis, turnTo } = given
    const onFailure = (error: unknown) => {
      throw error
    }
    const ask = createPatternsAtEntry({ analysis, calendar: testCalendar, patienceMs: 60_000, onFailure })
    const instants = ['2021-04-15', '2021-05-03', '2021-05-21', '2021-06-07'].map((date) => `${date}T11:00:00`)
    turnTo('2021-06-09T11:00:30')
    const later = await Promise.all(instants.map((time) => ask(share('TCS'), ist(time))))
    for (const [i, time] of instants.entries()) {
      turnTo(time)
      expect([time, await ask(share('TCS'), ist(time))]).toEqual([time, later[i]])
    }
    expect(later.flat().length).toBeGreaterThan(3)
    expect(await ask(share('GONE'), ist('2021-06-07T11:00:00'))).toBeNull()
  })
})
