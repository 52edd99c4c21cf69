import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTradingCalendar } from './create-trading-calendar.ts'
import { CalendarDataError, parseCalendarData } from './parse-calendar-data.ts'

const minute = 60_000

function problemsOf(json: unknown): readonly string[] {
  try {
    parseCalendarData(json)
  } catch (error) {
    if (error instanceof CalendarDataError) return error.problems.map((problem) => `${problem.field} ${problem.reason}`)
    throw error
  }
  return []
}

describe('parseCalendarData', () => {
  it('reads the form of upstreams.md §5.2', () => {
    const data = parseCalendarData({
      version: '2026-11-21',
      hours: [
        {
          segment: 'NSE_CM',
          group: 'auction',
          from: '2026-08-03',
          phases: [
            ['pre_open', '09:00', '09:15'],
            ['open', '09:15', '15:15'],
          ],
        },
      ],
      closed: [
        { date: '2026-01-26', segments: ['NSE_CM', 'NSE_FO'], name: 'Republic Day', source: 'exchange circular' },
      ],
      special: [
        { date: '2026-11-08', segments: ['NSE_CM'], name: 'Muhurat', phases: null, source: 'exchange circular' },
      ],
    })
    expect(data.hours[0]?.phases[1]).toEqual({ phase: 'open', fromMs: 555 * minute, toMs: 915 * minute })
    expect(data.closed[0]).toMatchObject({ name: 'Republic Day', confirmed: true })
    expect(data.special[0]?.phases).toBeNull()
    expect(data).toMatchObject({ knownFrom: null, knownTo: null, reopened: [] })
    expect(createTradingCalendar(data).isTradingDay('2026-01-26')).toBe(false)
  })

  it('lists every fault with its JSON path', () => {
    const problems = problemsOf({
      version: '',
      knownFrom: '2026-02-30',
      holidays: [],
      hours: [
        { segment: 'NSE', group: 'all', from: 1, phases: [] },
        {
          segment: 'MCX',
          from: '2020-01-01',
          phases: [['open', '9:00', '25:00'], ['lunch', '10:00', '11:00'], 'open'],
        },
        {
          segment: 'MCX',
          from: '2021-01-01',
          phases: [
            ['open', '11:00', '10:00'],
            ['post_close', '09:00', '12:00'],
          ],
        },
      ],
      closed: [{ date: '2026-1-1', segments: [], name: '', source: 'x', confirmed: 'no', extra: 1 }, 'closed'],
      special: {},
    })
    expect(problems).toEqual(
      expect.arrayContaining([
        'holidays is not a known key',
        'version must be a text that is not empty',
        'knownFrom must be an existing date YYYY-MM-DD',
        expect.stringMatching(/^hours\[0\]\.segment must be one of NSE_CM/),
        'hours[0].group must be one of auction, continuous',
        'hours[0].from must be an existing date YYYY-MM-DD',
        'hours[0].phases must hold at least one phase',
        'hours[1].phases[0][1] must be a time HH:MM',
        'hours[1].phases[0][2] must be a time HH:MM',
        expect.stringMatching(/^hours\[1\]\.phases\[1\]\[0\] must be one of pre_open/),
        'hours[1].phases[2] must be [phase, "HH:MM", "HH:MM"]',
        'hours[2].phases[0] must end after it starts',
        'hours[2].phases[1] must not start before the one before ends',
        'closed[0].date must be an existing date YYYY-MM-DD',
        'closed[0].segments must name at least one segment',
        'closed[0].name must be a text that is not empty',
        'closed[0].confirmed must be true or false',
        'closed[0].extra is not a known key',
        'closed[1] must be an object',
        'special must be a list',
      ]),
    )
  })

  it('refuses a date told twice for one segment, and hours told twice for one start', () => {
    const closed = { date: '2026-01-26', segments: ['NSE_CM', 'NSE_FO'], name: null, source: 'x' }
    const special = { ...closed, segments: ['NSE_FO', 'MCX'], phases: 'regular' }
    expect(problemsOf({ version: '1', closed: [closed], special: [special] })).toEqual([
      'special[0] tells 2026-01-26 NSE_FO again, after closed[0]',
    ])
    const row = { segment: 'NSE_CM', from: '2026-01-01', phases: [['open', '09:15', '15:30']] }
    expect(problemsOf({ version: '1', hours: [row, { ...row, group: 'auction' }, row] })).toEqual([
      'hours[2] repeats the segment, group and start of an earlier row',
    ])
    expect(problemsOf({ version: '1', knownFrom: '2026-01-01', knownTo: '2025-12-31' })).toEqual([
      'knownTo must not lie before knownFrom',
    ])
  })

  it('asks for a missing name or phases, which must be said to be null', () => {
    expect(problemsOf({ version: '1', special: [{ date: '2026-01-26', segments: ['MCX'], source: 'x' }] })).toEqual([
      'special[0].name must be a text that is not empty',
      'special[0].phases must be null, "regular" or a list of phases',
    ])
  })

  it('meets any JSON with data or a CalendarDataError that names a fault', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(problemsOf(json).length).toBeGreaterThan(0)
      }),
    )
    const keys = fc.constantFrom('version', 'hours', 'closed', 'special', 'reopened', 'knownTo')
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue()), (json) => {
        expect(Array.isArray(problemsOf(json))).toBe(true)
      }),
    )
  })
})
