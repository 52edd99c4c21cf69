import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CandleInterval, candleIntervals, createCandleSeries } from './candle.ts'
import { completeBars, periodEnd } from './candle-period.ts'
import { createTradingCalendar } from './create-trading-calendar.ts'
import { formatIst, istMidnight, parseTimestamp } from './market-time.ts'
import { parseCalendarData } from './parse-calendar-data.ts'

const file = new URL('../../../data/calendar/nse.json', import.meta.url)
const calendar = createTradingCalendar(parseCalendarData(JSON.parse(readFileSync(file, 'utf8'))))
const ist = (text: string) => parseTimestamp(`${text}+05:30`) ?? Number.NaN

describe('periodEnd', () => {
  const rows: readonly (readonly [CandleInterval, string, string])[] = [
    ['1minute', '2026-03-12T09:15', '2026-03-12T09:16'],
    ['1minute', '2026-03-12T15:29', '2026-03-12T15:30'],
    ['1minute', '2026-03-12T15:30', '2026-03-12T15:31'],
    ['5minute', '2026-03-12T15:25', '2026-03-12T15:30'],
    ['30minute', '2026-03-12T15:15', '2026-03-12T15:30'],
    ['60minute', '2026-03-12T14:15', '2026-03-12T15:15'],
    ['60minute', '2026-03-12T15:15', '2026-03-12T15:30'],
    ['60minute', '2026-08-03T15:15', '2026-08-03T15:35'],
    ['60minute', '2024-03-02T09:15', '2024-03-02T10:00'],
    ['60minute', '2024-03-02T11:30', '2024-03-02T12:30'],
    ['60minute', '2018-11-07T17:15', '2018-11-07T18:15'],
    ['day', '2026-03-12T00:00', '2026-03-12T15:30'],
    ['day', '2026-08-03T00:00', '2026-08-03T15:35'],
    ['day', '2024-03-02T00:00', '2024-03-02T12:30'],
    ['day', '2024-11-01T00:00', '2024-11-01T19:00'],
    ['day', '2026-11-08T00:00', '2026-11-09T00:00'],
    ['week', '2026-03-09T00:00', '2026-03-13T15:30'],
    ['week', '2026-01-26T00:00', '2026-02-01T15:30'],
    ['week', '2026-03-30T00:00', '2026-04-02T15:30'],
    ['week', '2026-11-02T00:00', '2026-11-09T00:00'],
    ['month', '2026-01-01T00:00', '2026-01-30T15:30'],
    ['month', '2026-02-01T00:00', '2026-02-27T15:30'],
    ['month', '2025-05-01T00:00', '2025-05-30T15:30'],
    ['month', '2026-12-01T00:00', '2026-12-31T15:35'],
  ]
  it.each(rows)('a %s bar of %s is complete at %s', (interval, time, end) => {
    expect(formatIst(periodEnd(ist(`${time}:00`), interval, calendar)).slice(0, 16)).toBe(end)
  })

  it('follows the group and the segment', () => {
    const time = ist('2026-08-03T15:15:00')
    const end = (...args: Parameters<typeof periodEnd>) => formatIst(periodEnd(...args)).slice(11, 16)
    expect(end(time, '60minute', calendar, { group: 'continuous' })).toBe('15:30')
    expect(end(istMidnight('2026-08-03'), 'day', calendar, { group: 'continuous' })).toBe('15:30')
    expect(end(istMidnight('2026-08-03'), 'day', calendar, { segment: 'NSE_FO' })).toBe('15:40')
  })

  it('is the end of the week when no day of it traded', () => {
    const weekOff = ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'].map((date) => ({
      date,
      segments: ['NSE_CM'],
      name: null,
      source: 'invented',
    }))
    const closed = createTradingCalendar(parseCalendarData({ version: '1', closed: weekOff }))
    expect(periodEnd(istMidnight('2026-03-09'), 'week', closed)).toBe(istMidnight('2026-03-16'))
  })

  it('lies after the start and never falls as time rises', () => {
    const minutes = fc.integer({ min: ist('2023-01-01T00:00:00') / 60_000, max: ist('2026-12-31T00:00:00') / 60_000 })
    fc.assert(
      fc.property(minutes, fc.nat({ max: 3_000 }), fc.constantFrom(...candleIntervals), (minute, later, interval) => {
        const end = periodEnd(minute * 60_000, interval, calendar)
        expect(interval.endsWith('minute') ? end > minute * 60_000 : true).toBe(true)
        const isLonger = !interval.endsWith('minute')
        expect(!isLonger || periodEnd((minute + later) * 60_000, interval, calendar) >= end).toBe(true)
      }),
    )
  })
})

describe('completeBars', () => {
  const days = createCandleSeries(3)
  days.time.set(['2026-03-11', '2026-03-12', '2026-03-13'].map(istMidnight))

  it.each([
    ['2026-03-11T15:29:59', 0],
    ['2026-03-11T15:30:00', 1],
    ['2026-03-12T11:00:00', 1],
    ['2026-03-13T15:29:59', 2],
    ['2026-03-13T15:30:00', 3],
    ['2030-01-01T00:00:00', 3],
  ])('at %s there are %s', (now, count) => {
    expect(completeBars(days, 'day', calendar, ist(now))).toBe(count)
  })

  it('is 0 for an empty series', () => {
    expect(completeBars(createCandleSeries(0), 'day', calendar, ist('2026-03-12T11:00:00'))).toBe(0)
  })
})
