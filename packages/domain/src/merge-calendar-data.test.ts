import { describe, expect, it } from 'vitest'
import { createTradingCalendar } from './create-trading-calendar.ts'
import { mergeCalendarData } from './merge-calendar-data.ts'
import { parseCalendarData } from './parse-calendar-data.ts'

const cash = ['NSE_CM', 'BSE_CM']
const base = parseCalendarData({
  version: 'base',
  knownFrom: '2026-01-01',
  knownTo: '2026-12-31',
  hours: [{ segment: 'NSE_CM', from: '2020-01-01', phases: [['open', '09:15', '15:30']] }],
  closed: [
    { date: '2026-06-26', segments: cash, name: 'Moharram', source: 'circular', confirmed: false },
    { date: '2026-11-10', segments: cash, name: 'Diwali-Balipratipada', source: 'circular' },
  ],
  special: [{ date: '2026-11-08', segments: cash, name: 'Muhurat', phases: null, source: 'circular' }],
})

const overrides = parseCalendarData({
  version: 'mine',
  knownTo: '2027-12-31',
  hours: [{ segment: 'NSE_CM', from: '2026-12-01', phases: [['open', '09:00', '15:30']] }],
  reopened: [{ date: '2026-06-26', segments: ['NSE_CM'], source: 'circular of 24 June' }],
  closed: [{ date: '2026-06-25', segments: cash, name: 'Moharram', source: 'circular of 24 June' }],
  special: [
    { date: '2026-11-08', segments: cash, name: 'Muhurat', phases: [['open', '18:00', '19:00']], source: 'circular' },
    { date: '2026-11-10', segments: ['NSE_CM'], name: null, phases: 'regular', source: 'circular' },
  ],
})

describe('mergeCalendarData', () => {
  const merged = mergeCalendarData(base, overrides)
  const calendar = createTradingCalendar(merged)

  it('moves a holiday', () => {
    expect(calendar.isTradingDay('2026-06-26')).toBe(true)
    expect(calendar.isTradingDay('2026-06-25')).toBe(false)
    expect(calendar.holidayName('2026-06-25')).toBe('Moharram')
  })

  it('leaves the segments alone that the overrides do not name', () => {
    expect(calendar.isTradingDay('2026-06-26', 'BSE_CM')).toBe(false)
    expect(calendar.isTradingDay('2026-11-10', 'BSE_CM')).toBe(false)
    expect(calendar.isTradingDay('2026-11-10', 'NSE_CM')).toBe(true)
  })

  it('fills in the times of an announced session and adds hours', () => {
    expect(calendar.sessionsOf('2026-11-08')).toHaveLength(1)
    expect(calendar.sessionOf('2026-11-30')?.from).not.toBe(calendar.sessionOf('2026-12-01')?.from)
    expect(merged.hours).toHaveLength(2)
  })

  it('replaces an hours row with the same start', () => {
    const shorter = parseCalendarData({
      version: 'x',
      hours: [{ segment: 'NSE_CM', from: '2020-01-01', phases: [['open', '10:00', '12:00']] }],
    })
    expect(mergeCalendarData(base, shorter).hours).toEqual(shorter.hours)
  })

  it('extends the cover, names both versions, and tells no date twice', () => {
    expect(merged).toMatchObject({ knownFrom: '2026-01-01', knownTo: '2027-12-31', version: 'base+mine' })
    const told = [...merged.closed, ...merged.special, ...merged.reopened].flatMap((day) =>
      day.segments.map((segment) => `${day.date} ${segment}`),
    )
    expect(new Set(told).size).toBe(told.length)
    expect(merged.special.map((day) => day.date)).toEqual(['2026-11-08', '2026-11-10'])
  })

  it('changes nothing when there is nothing to lay over', () => {
    const nothing = parseCalendarData({ version: 'none' })
    expect(mergeCalendarData(base, nothing)).toEqual({ ...base, version: 'base+none' })
  })
})
