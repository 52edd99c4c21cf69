import { type CandleSeries, istMidnight, sliceCandles } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { randomWalk } from '../../../../../packages/patterns/src/formations/testing/random-walk.ts'
import type { CandlesPage } from '../candles/index.ts'
import { testCalendar } from '../market/testing/create-test-market.ts'
import { decodeEvents, encodeEvents } from './encoded-events.ts'
import { isUndisturbed, listEvents } from './pattern-events.ts'
import { readPieces } from './price-pieces.ts'
import { asDays, asMinutes, ist, share, tradingDaysUntil } from './testing/recorded-shares.ts'
import type { Timeframe } from './timeframe.ts'

const dates = tradingDaysUntil('2021-06-08', 20)
const days = asDays(randomWalk(20, 1), '2021-06-08')

function pieces(timeframe: Timeframe, series: CandleSeries, told: Partial<CandlesPage> = {}) {
  const page: CandlesPage = {
    series,
    source: null,
    asOf: null,
    truncated: false,
    adjustments: [],
    suspectJumps: [],
    ...told,
  }
  const moment = { mode: 'replay', recordedDate: '2021-06-09', now: ist('2021-06-09T11:00:00') } as const
  const candles = { getCandles: async () => page }
  return readPieces({ candles, calendar: testCalendar, instrument: share('TCS'), moment }, timeframe)
}

const lengths = async (found: ReturnType<typeof pieces>) => (await found).map(({ series }) => series.time.length)
const jumpOn = (date: string | undefined) => ({
  suspectJumps: [{ time: istMidnight(date ?? ''), previousClose: 100, close: 300 }],
})

describe('price pieces', () => {
  it('are one where nothing is wrong, and none without candles', async () => {
    expect(await lengths(pieces('day', days))).toEqual([20])
    expect(await pieces('day', sliceCandles(days, 0, 0))).toEqual([])
  })

  it('end before an unexplained jump; the week that holds one belongs to neither', async () => {
    expect(await lengths(pieces('day', days, jumpOn(dates[5])))).toEqual([5, 15])
    expect(await lengths(pieces('day', days, jumpOn(dates[0])))).toEqual([20])
    const weeks = {
      ...sliceCandles(days, 0, 3),
      time: Float64Array.of(...['05-10', '05-17', '05-24'].map((d) => istMidnight(`2021-${d}`))),
    }
    expect(await lengths(pieces('week', weeks, jumpOn('2021-05-19')))).toEqual([1, 1])
  })

  it('leave out a candle with a price no detector can work on', async () => {
    const close = days.close.slice()
    close[7] = 0
    expect(await lengths(pieces('day', { ...days, close }))).toEqual([7, 12])
  })

  it('end within the day where a session is missing', async () => {
    const minutes = asMinutes(randomWalk(225, 2), [dates[10], dates[11], dates[13]].map(String))
    expect(await lengths(pieces('15minute', minutes))).toEqual([150, 75])
  })

  it('name the first candle after each action', async () => {
    const exDate = dates[8] ?? ''
    const [piece] = await pieces('day', days, { adjustments: [{ exDate, factor: 2, kind: 'bonus', source: 'test' }] })
    expect(piece?.actions).toEqual([8])
    const event = { pattern: 'double_top', direction: 'bearish', from: 3, index: 6 } as const
    expect([1, 2, 5].map((horizon) => isUndisturbed(event, [8], horizon))).toEqual([true, false, false])
    expect(isUndisturbed({ ...event, from: 8, index: 9 }, [8], 5)).toBe(true)
  })
})

describe('encoded events', () => {
  it('are the events again', () => {
    const events = listEvents(randomWalk(400, 3))
    expect(events.length).toBeGreaterThan(200)
    expect(decodeEvents(encodeEvents(events))).toEqual(
      events.map(({ pattern, direction, index }) => ({ pattern, direction, index })),
    )
  })
})
