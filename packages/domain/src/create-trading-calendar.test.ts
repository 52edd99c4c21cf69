import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Segment, SessionGroup, SessionPhase } from './calendar.ts'
import { createTradingCalendar } from './create-trading-calendar.ts'
import { formatIst, istDate, parseTimestamp } from './market-time.ts'
import { parseCalendarData } from './parse-calendar-data.ts'

const file = new URL('../../../data/calendar/nse.json', import.meta.url)
const data = parseCalendarData(JSON.parse(readFileSync(file, 'utf8')))
const calendar = createTradingCalendar(data)

function ist(text: string): number {
  const instant = parseTimestamp(`${text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')}+05:30`)
  if (instant === null) throw new Error(`not a time: ${text}`)
  return instant
}

describe('hours', () => {
  const times = ['15:14:59', '15:15:00', '15:35:00', '15:40:00']
  const rows: readonly (readonly [string, Segment, SessionGroup | undefined, string, readonly SessionPhase[]])[] = [
    ['an auction share', 'NSE_CM', 'auction', '2026-08-03', ['open', 'closing_auction', 'closed', 'post_close']],
    ['another share', 'NSE_CM', 'continuous', '2026-08-03', ['open', 'open', 'closed', 'post_close']],
    ['a future', 'NSE_FO', undefined, '2026-08-03', ['open', 'open', 'open', 'closed']],
    ['an auction share before', 'NSE_CM', 'auction', '2026-07-31', ['open', 'open', 'closed', 'post_close']],
    ['another share before', 'NSE_CM', 'continuous', '2026-07-31', ['open', 'open', 'closed', 'post_close']],
    ['a future before', 'NSE_FO', undefined, '2026-07-31', ['open', 'open', 'closed', 'closed']],
    ['an auction share of BSE', 'BSE_CM', 'auction', '2026-08-03', ['open', 'closing_auction', 'closed', 'post_close']],
    ['the market as a whole', 'NSE_CM', undefined, '2026-08-03', ['open', 'closing_auction', 'closed', 'post_close']],
  ]
  it.each(rows)('EX-1: %s', (_who, segment, group, date, phases) => {
    expect(times.map((time) => calendar.phaseAt(ist(`${date} ${time}`), segment, group))).toEqual(phases)
  })

  it('EX-1: until 2026-07-31 all are open to 15:30:00', () => {
    for (const segment of ['NSE_CM', 'NSE_FO', 'BSE_CM', 'BSE_FO'] as const)
      for (const group of ['auction', 'continuous'] as const) {
        expect(calendar.phaseAt(ist('2026-07-31 15:29:59'), segment, group)).toBe('open')
        expect(calendar.phaseAt(ist('2026-07-31 15:30:00'), segment, group)).toBe('closed')
      }
  })

  it('walks through a whole day', () => {
    const at = (time: string) => calendar.phaseAt(ist(`2026-03-12 ${time}`))
    expect(
      ['08:59:59', '09:00', '09:14:59', '09:15', '15:29:59', '15:30', '15:40', '15:59:59', '16:00'].map(at),
    ).toEqual(['closed', 'pre_open', 'pre_open', 'open', 'open', 'closed', 'post_close', 'post_close', 'closed'])
  })

  it('gives futures a pre-open from 2025-12-08', () => {
    expect(calendar.phaseAt(ist('2025-12-05 09:05'), 'NSE_FO')).toBe('closed')
    expect(calendar.phaseAt(ist('2025-12-08 09:05'), 'NSE_FO')).toBe('pre_open')
  })

  it('knows the span of a session per group, and the later end for the market', () => {
    const times = (group?: SessionGroup) => {
      const session = calendar.sessionOf('2026-08-03', 'NSE_CM', group)
      return session && [formatIst(session.from).slice(11, 16), formatIst(session.to).slice(11, 16)]
    }
    expect(times('auction')).toEqual(['09:15', '15:35'])
    expect(times('continuous')).toEqual(['09:15', '15:30'])
    expect(times()).toEqual(['09:15', '15:35'])
    expect(calendar.sessionOf('2026-08-02')).toBeNull()
    expect(calendar.sessionsOf('2026-08-03')).toHaveLength(1)
    expect(calendar.sessionsOf('2026-08-03', 'NSE_CM', 'auction')).toHaveLength(1)
    expect(calendar.sessionsOf('2024-03-02')).toHaveLength(2)
  })
})

describe('isOpen', () => {
  it.each([
    ['2026-03-12 09:14:59', false],
    ['2026-03-12 09:15:00', true],
    ['2026-03-12 15:29:59', true],
    ['2026-03-12 15:30:00', false],
    ['2026-09-15 09:14:59', false],
    ['2026-09-15 09:15:00', true],
    ['2026-09-15 15:29:59', true],
    ['2026-09-15 15:30:00', true],
    ['2026-09-15 15:34:59', true],
    ['2026-09-15 15:35:00', false],
    ['2026-09-15 15:45:00', false],
    ['2026-01-26 11:00:00', false],
    ['2026-03-14 11:00:00', false],
    ['2025-10-21 14:00:00', true],
    ['2025-10-21 11:00:00', false],
    ['2024-11-01 18:30:00', true],
    ['2026-11-08 18:30:00', false],
    ['2024-03-02 09:59:59', true],
    ['2024-03-02 10:30:00', false],
    ['2024-03-02 11:30:00', true],
  ])('SN-2: at %s it is %s', (time, expected) => {
    expect(calendar.isOpen(ist(time))).toBe(expected)
  })

  it('is true exactly inside the sessions of the day', () => {
    const instants = fc.integer({ min: ist('1999-01-01'), max: ist('2027-12-31') })
    fc.assert(
      fc.property(instants, (instant) => {
        const inside = calendar.sessionsOf(istDate(instant)).some(({ from, to }) => instant >= from && instant < to)
        expect(calendar.isOpen(instant)).toBe(inside)
        const span = calendar.phasesOf(istDate(instant)).find(({ from, to }) => instant >= from && instant < to)
        expect(calendar.phaseAt(instant)).toBe(span?.phase ?? 'closed')
        expect(!inside || calendar.isTradingDay(istDate(instant))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('days', () => {
  it('EX-2: special sessions are trading days, the holiday beside one is not', () => {
    expect(['2026-02-01', '2025-10-21', '2024-01-20', '2025-02-01'].map((date) => calendar.isTradingDay(date))).toEqual(
      Array(4).fill(true),
    )
    expect(calendar.isTradingDay('2025-10-22')).toBe(false)
    expect(calendar.holidayName('2025-10-22')).toBe('Diwali-Balipratipada')
  })

  it('takes a session without published times for a trading day that is never open', () => {
    expect(calendar.isTradingDay('2026-11-08')).toBe(true)
    expect(calendar.phasesOf('2026-11-08')).toEqual([])
    expect(calendar.sessionOf('2026-11-08')).toBeNull()
    expect(calendar.phaseAt(ist('2026-11-08 18:30'))).toBe('closed')
  })

  it('answers before and after the list from weekdays alone', () => {
    expect(calendar.isTradingDay('1999-12-31')).toBe(true)
    expect(calendar.isTradingDay('1999-08-15')).toBe(false)
    expect(calendar.isTradingDay('2027-01-26')).toBe(true)
    expect(calendar.holidayName('2027-01-26')).toBeNull()
    expect(calendar.lastKnownDate).toBe('2026-12-31')
  })

  it('names a closure, and nothing on trading days, weekends and closures without a recorded name', () => {
    expect(calendar.holidayName('2026-01-26')).toBe('Republic Day')
    expect(calendar.holidayName('2026-12-25')).toBe('Christmas')
    expect(['2026-01-27', '2026-01-25', '2000-03-17', '2025-10-21'].map((date) => calendar.holidayName(date))).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(calendar.isTradingDay('2000-03-17')).toBe(false)
  })

  it('keeps segments apart', () => {
    expect(calendar.isTradingDay('2026-03-03', 'NSE_FO')).toBe(false)
    expect(calendar.isTradingDay('2026-03-03', 'MCX')).toBe(true)
    expect(calendar.isTradingDay('2026-01-26', 'MCX')).toBe(false)
    expect(calendar.phaseAt(ist('2026-03-12 20:00'), 'MCX')).toBe('open')
  })
})

describe('neighbouring days and sessions', () => {
  it.each([
    ['2026-03-12 08:59:59', '2026-03-11'],
    ['2026-03-12 09:00:00', '2026-03-12'],
    ['2026-03-12 23:59:59', '2026-03-12'],
    ['2026-03-13 00:00:00', '2026-03-12'],
    ['2026-03-15 12:00:00', '2026-03-13'],
    ['2026-01-26 12:00:00', '2026-01-23'],
    ['2026-02-01 12:00:00', '2026-02-01'],
    ['2025-10-22 12:00:00', '2025-10-21'],
  ])('the trading day of %s is %s', (time, date) => {
    expect(calendar.tradingDayOf(ist(time))).toBe(date)
  })

  it('steps back over holidays and weekends', () => {
    expect(calendar.previousTradingDay('2026-01-27')).toBe('2026-01-23')
    expect(calendar.previousTradingDay('2026-02-02')).toBe('2026-02-01')
    expect(calendar.previousTradingDay('2026-02-01')).toBe('2026-01-30')
  })

  it.each([
    ['2026-03-12 09:14:59', '2026-03-12T09:15:00+05:30'],
    ['2026-03-12 09:15:00', '2026-03-13T09:15:00+05:30'],
    ['2026-03-13 16:00:00', '2026-03-16T09:15:00+05:30'],
    ['2026-01-23 16:00:00', '2026-01-27T09:15:00+05:30'],
    ['2025-10-20 16:00:00', '2025-10-21T13:45:00+05:30'],
    ['2024-03-02 09:30:00', '2024-03-02T11:30:00+05:30'],
    ['2026-11-06 16:00:00', '2026-11-09T09:15:00+05:30'],
  ])('after %s the market opens at %s', (time, opens) => {
    const next = calendar.nextOpen(ist(time))
    expect(next && formatIst(next)).toBe(opens)
  })

  it('knows when the latest session ended', () => {
    const end = (time: string) => {
      const instant = calendar.latestSessionEnd(ist(time))
      return instant && formatIst(instant).slice(0, 16)
    }
    expect(end('2026-03-12 15:29:59')).toBe('2026-03-11T15:30')
    expect(end('2026-03-12 15:30:00')).toBe('2026-03-12T15:30')
    expect(end('2026-09-15 15:34:59')).toBe('2026-09-11T15:35')
    expect(end('2026-02-02 09:00:00')).toBe('2026-02-01T15:30')
    expect(end('2026-11-08 20:00:00')).toBe('2026-11-06T15:35')
  })

  it('says null when nothing is known within 30 days', () => {
    const silent = createTradingCalendar({ ...data, hours: [], special: [] })
    expect(silent.nextOpen(ist('2026-03-12 09:00'))).toBeNull()
    expect(silent.latestSessionEnd(ist('2026-03-12 09:00'))).toBeNull()
    expect(silent.isTradingDay('2026-03-12')).toBe(true)
  })
})

describe('staleness', () => {
  it('is silent until 15 December of the last known year, and speaks from then on', () => {
    expect(calendar.staleness(ist('2026-12-14 23:59'))).toBeNull()
    expect(calendar.staleness(ist('2026-12-15'))).toContain('ends on 2026-12-31')
    expect(calendar.staleness(ist('2026-12-31 23:59'))).toContain('ends on 2026-12-31')
    expect(calendar.staleness(ist('2027-01-01'))).toContain('ended on 2026-12-31')
    expect(calendar.staleness(ist('2025-12-20'))).toBeNull()
    expect(calendar.staleness(ist('2021-06-09 12:00'))).toBeNull()
  })

  it('goes by the last entry when the file does not say how far it reaches', () => {
    const silent = createTradingCalendar({ ...data, knownTo: null })
    expect(silent.lastKnownDate).toBe('2026-12-25')
  })
})

describe('hours of a group', () => {
  it('prefers the row of the group to the row of all groups with the same start, in any order', () => {
    const all = { segment: 'NSE_CM', from: '2026-01-01', phases: [['open', '10:00', '11:00']] }
    const own = { segment: 'NSE_CM', group: 'auction', from: '2026-01-01', phases: [['open', '10:00', '12:00']] }
    for (const hours of [
      [all, own],
      [own, all],
    ]) {
      const either = createTradingCalendar(parseCalendarData({ version: '1', hours }))
      expect(either.phaseAt(ist('2026-03-12 11:30'), 'NSE_CM', 'auction')).toBe('open')
      expect(either.phaseAt(ist('2026-03-12 11:30'), 'NSE_CM', 'continuous')).toBe('closed')
    }
  })
})
