import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chartSecond,
  daysBefore,
  istDate,
  istTime,
  nextOpening,
  readableAge,
  readableDate,
  readableInstant,
} from './ist.ts'

describe('IST', () => {
  it('is shown whatever offset the timestamp was written with', () => {
    expect(readableInstant('2021-06-09T11:42:07+05:30')).toBe('Wed 9 Jun 2021, 11:42:07 IST')
    expect(readableInstant('2021-06-09T20:00:00Z')).toBe('Thu 10 Jun 2021, 01:30:00 IST')
    expect(readableInstant(null)).toBeNull()
  })

  it('agrees with the time-zone data for every instant since 1970', () => {
    const reference = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Kolkata',
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (instant) => {
        expect(`${istDate(instant)} ${istTime(instant)}`).toBe(reference.format(instant))
      }),
    )
  })

  it('names the next opening without the year', () => {
    expect(nextOpening('2026-11-23T09:15:00+05:30')).toBe('Mon 23 Nov, 09:15 IST')
    expect(readableDate('2021-06-09')).toBe('Wed 9 Jun 2021')
  })

  it('reaches a chart as a UTC second with the digits of IST', () => {
    expect(new Date(chartSecond('2021-06-09T09:15:00+05:30') * 1000).toISOString()).toBe('2021-06-09T09:15:00.000Z')
  })

  it('goes back over the end of a year', () => {
    expect([daysBefore('2021-01-01', 1), daysBefore('2021-06-09', 365)]).toEqual(['2020-12-31', '2020-06-09'])
  })
})

describe('ages', () => {
  it('grow coarser as they grow', () => {
    expect([0, 640, 42_000, 907_000, 18_600_000, 68_400_000, 300_000_000, null].map(readableAge)).toEqual([
      '0.0 s',
      '0.6 s',
      '42 s',
      '15 min',
      '5 h 10 min',
      '19 h',
      '3 days',
      null,
    ])
  })
})
