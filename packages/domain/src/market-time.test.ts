import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  dateOfDayNumber,
  dayMs,
  dayNumberOf,
  formatIst,
  istDate,
  istDayNumber,
  istMidnight,
  istTimeOfDayMs,
  parseTimestamp,
  parseTradingDate,
  weekday,
} from './market-time.ts'

// India kept war time until October 1945; since then its offset has not moved.
const instants = fc.integer({ min: Date.UTC(1946, 0, 1), max: Date.UTC(2199, 11, 31) })
const kolkata = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Kolkata',
  hourCycle: 'h23',
  weekday: 'short',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

function inKolkata(instant: number): Record<string, string> {
  return Object.fromEntries(kolkata.formatToParts(instant).map((part) => [part.type, part.value]))
}

describe('IST arithmetic', () => {
  it('agrees with the time-zone data of Asia/Kolkata', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const local = inKolkata(instant)
        const date = `${local['year']}-${local['month']}-${local['day']}`
        const time = `${local['hour']}:${local['minute']}:${local['second']}`
        expect(istDate(instant)).toBe(date)
        expect(formatIst(instant).slice(0, 19)).toBe(`${date}T${time}`)
        expect(['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][weekday(date)]).toBe(local['weekday'])
        expect(istMidnight(date) + istTimeOfDayMs(instant)).toBe(instant)
      }),
    )
  })

  it('turns dates into day numbers and back as Date does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (day) => {
        const date = new Date(day * dayMs).toISOString().slice(0, 10)
        expect(dateOfDayNumber(day)).toBe(date)
        expect(dayNumberOf(date)).toBe(day)
        expect(istDayNumber(istMidnight(date))).toBe(day)
        expect(istDayNumber(istMidnight(date) - 1)).toBe(day - 1)
      }),
      { numRuns: 1_000 },
    )
  })

  it('changes the date at 18:30 UTC', () => {
    expect(istDate(Date.UTC(2026, 0, 1, 18, 29, 59, 999))).toBe('2026-01-01')
    expect(istDate(Date.UTC(2026, 0, 1, 18, 30))).toBe('2026-01-02')
    expect(istTimeOfDayMs(Date.UTC(2026, 0, 1, 18, 30))).toBe(0)
  })

  it('adds days over month, year and leap ends', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2023-02-28', 1)).toBe('2023-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(addDays('2000-03-01', -1)).toBe('2000-02-29')
    expect(addDays('1900-03-01', -1)).toBe('1900-02-28')
  })
})

describe('parseTradingDate', () => {
  it.each(['2026-02-28', '2024-02-29', '2000-02-29'])('accepts %s', (text) => {
    expect(parseTradingDate(text)).toBe(text)
  })
  it.each([
    '2026-02-30',
    '2023-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '12-03-2026',
    '2026-3-1',
    '2026-03-12T00:00',
  ])('refuses %s', (text) => {
    expect(parseTradingDate(text)).toBeNull()
  })
})

describe('parseTimestamp', () => {
  it.each([
    ['2026-03-12T11:42:07+05:30', '2026-03-12T06:12:07.000Z'],
    ['2017-12-15T09:15:00+0530', '2017-12-15T03:45:00.000Z'],
    ['2026-03-12 09:15+05:30', '2026-03-12T03:45:00.000Z'],
    ['2026-03-12T06:12:07Z', '2026-03-12T06:12:07.000Z'],
    ['2026-03-12T00:10:00-03:30', '2026-03-12T03:40:00.000Z'],
    ['2026-03-12T06:12:07.5Z', '2026-03-12T06:12:07.500Z'],
    ['2026-03-12T06:12:07.123456789Z', '2026-03-12T06:12:07.123Z'],
    ['2026-01-01T04:00:00+05:30', '2025-12-31T22:30:00.000Z'],
  ])('reads %s', (text, utc) => {
    expect(parseTimestamp(text)).toBe(Date.parse(utc))
  })

  it.each([
    '2026-03-12T11:42:07',
    '2026-03-12',
    '2026-02-30T10:00:00Z',
    '2026-03-12T24:00:00Z',
    '2026-03-12T10:60:00Z',
    '2026-03-12T10:00:60Z',
    '2026-03-12T10:00:00+05:99',
    '2026-03-12T10:00:00+14:01',
    '2026-03-12T10:00:00+05',
    '2026-03-12T10:00:00.Z',
    ' 2026-03-12T10:00:00Z',
    '2026-03-12T10:00:00Z\n',
    '1773300000000',
  ])('refuses %j', (text) => {
    expect(parseTimestamp(text)).toBeNull()
  })

  it('reads back what formatIst writes, to the millisecond', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(parseTimestamp(formatIst(instant))).toBe(instant)
      }),
    )
  })

  it('reads all milliseconds exactly', () => {
    const wrong = Array.from({ length: 1_000 }, (_, ms) => ms).filter(
      (ms) => parseTimestamp(`1970-01-01T00:00:00.${String(ms).padStart(3, '0')}Z`) !== ms,
    )
    expect(wrong).toEqual([])
  })
})
