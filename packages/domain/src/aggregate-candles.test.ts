import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aggregateDays, aggregateMinutes, minutesToDays } from './aggregate-candles.ts'
import { type CandleSeries, createCandleSeries, sliceCandles } from './candle.ts'
import { completeBars } from './candle-period.ts'
import { createTradingCalendar } from './create-trading-calendar.ts'
import { addDays, formatIst, istDate, istMidnight, weekday } from './market-time.ts'
import { parseCalendarData } from './parse-calendar-data.ts'

const minuteMs = 60_000
const calendar = createTradingCalendar(
  parseCalendarData({
    version: 'test',
    knownTo: '2026-12-31',
    hours: [
      {
        segment: 'NSE_CM',
        from: '2000-01-01',
        phases: [
          ['pre_open', '09:00', '09:15'],
          ['open', '09:15', '15:30'],
        ],
      },
      {
        segment: 'NSE_CM',
        group: 'auction',
        from: '2026-08-03',
        phases: [
          ['open', '09:15', '15:15'],
          ['closing_auction', '15:15', '15:35'],
        ],
      },
      { segment: 'NSE_FO', from: '2000-01-01', phases: [['open', '09:15', '15:40']] },
    ],
    closed: [{ date: '2026-03-03', segments: ['NSE_CM'], name: 'Holi', source: 'test' }],
    special: [
      {
        date: '2024-11-01',
        segments: ['NSE_CM'],
        name: 'Muhurat',
        phases: [['open', '18:00', '19:00']],
        source: 'test',
      },
      {
        date: '2024-03-02',
        segments: ['NSE_CM'],
        name: null,
        phases: [
          ['open', '09:15', '10:00'],
          ['open', '11:30', '12:30'],
        ],
        source: 'test',
      },
      { date: '2018-11-07', segments: ['NSE_CM'], name: 'Muhurat', phases: null, source: 'test' },
    ],
  }),
)

/** Bars at `HH:MM` of a date, with prices 101, 102, … and volume 10 each. */
function barsAt(date: string, times: readonly string[]): CandleSeries {
  const series = createCandleSeries(times.length)
  times.forEach((time, i) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number)
    setBar(series, i, istMidnight(date) + (hour * 60 + minute) * minuteMs, 101 + i, 10)
  })
  return series
}

function setBar(series: CandleSeries, i: number, time: number, price: number, volume: number): void {
  series.time[i] = time
  series.open[i] = price
  series.high[i] = price + 0.5
  series.low[i] = price - 0.5
  series.close[i] = price + 0.25
  series.volume[i] = volume
}

function minutesFrom(start: string, count: number): string[] {
  const [hour = 0, minute = 0] = start.split(':').map(Number)
  return Array.from({ length: count }, (_, i) => {
    const at = hour * 60 + minute + i
    return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
  })
}

const labels = (series: CandleSeries) => Array.from(series.time, (time) => formatIst(time).slice(11, 16))
const dates = (series: CandleSeries) => Array.from(series.time, (time) => formatIst(time).slice(0, 16))
const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0)

describe('aggregateMinutes', () => {
  const fullDay = barsAt('2026-03-12', minutesFrom('09:15', 375))

  it('counts hours from 09:15, the last one a quarter of an hour long', () => {
    const hours = aggregateMinutes(fullDay, 60, calendar)
    expect(labels(hours)).toEqual(['09:15', '10:15', '11:15', '12:15', '13:15', '14:15', '15:15'])
    expect([...hours.volume]).toEqual([600, 600, 600, 600, 600, 600, 150])
    expect([hours.open[0], hours.high[0], hours.low[0], hours.close[0]]).toEqual([101, 160.5, 100.5, 160.25])
  })

  it.each([
    [5, 75],
    [15, 25],
    [30, 13],
  ] as const)('gives %s-minute bars: %s a day', (minutes, count) => {
    const bars = aggregateMinutes(fullDay, minutes, calendar)
    expect(bars.time).toHaveLength(count)
    expect(labels(bars)[0]).toBe('09:15')
    expect(sum(bars.volume)).toBe(sum(fullDay.volume))
  })

  it('labels the first bar 09:15 when the first minute present is 09:16, and leaves empty buckets out', () => {
    const bars = aggregateMinutes(barsAt('2026-03-12', ['09:16', '09:31', '11:59']), 15, calendar)
    expect(labels(bars)).toEqual(['09:15', '09:30', '11:45'])
  })

  it('takes the pre-open print into the first bucket and a 15:30 print into the last', () => {
    const bars = aggregateMinutes(barsAt('2026-03-12', ['09:07', '09:15', '15:29', '15:30', '15:45']), 5, calendar)
    expect(labels(bars)).toEqual(['09:15', '15:25'])
    expect([...bars.volume]).toEqual([20, 30])
    expect(bars.open[0]).toBe(101)
    expect(bars.close[1]).toBe(105.25)
  })

  it('keeps the closing auction inside the session from 2026-08-03 on', () => {
    const minutes = barsAt('2026-08-03', ['15:14', '15:29', '15:34', '15:36'])
    expect(labels(aggregateMinutes(minutes, 60, calendar))).toEqual(['14:15', '15:15'])
    expect(labels(aggregateMinutes(minutes, 15, calendar))).toEqual(['15:00', '15:15', '15:30'])
    expect(labels(aggregateMinutes(minutes, 15, calendar, { group: 'continuous' }))).toEqual(['15:00', '15:15'])
  })

  it('uses the hours of the segment asked for', () => {
    const minutes = barsAt('2026-03-12', ['15:29', '15:36', '15:39', '15:40'])
    expect(labels(aggregateMinutes(minutes, 5, calendar, { segment: 'NSE_FO' }))).toEqual(['15:25', '15:35'])
  })

  it('counts from the start of a special session', () => {
    const muhurat = barsAt('2024-11-01', minutesFrom('18:00', 60))
    expect(labels(aggregateMinutes(muhurat, 60, calendar))).toEqual(['18:00'])
    expect(labels(aggregateMinutes(muhurat, 15, calendar))).toEqual(['18:00', '18:15', '18:30', '18:45'])
  })

  it('never crosses the break between two sessions of a day', () => {
    const minutes = barsAt('2024-03-02', ['09:15', '09:59', '10:02', '11:30', '12:29', '12:31'])
    expect(labels(aggregateMinutes(minutes, 60, calendar))).toEqual(['09:15', '11:30'])
    expect(labels(aggregateMinutes(minutes, 30, calendar))).toEqual(['09:15', '09:45', '11:30', '12:00'])
  })

  it('counts from 09:15 on a day whose times are not known', () => {
    const minutes = barsAt('2018-11-07', ['08:00', '17:29', '17:30', '18:14', '18:15'])
    expect(labels(aggregateMinutes(minutes, 60, calendar))).toEqual(['07:15', '17:15', '18:15'])
  })

  it('never crosses a day', () => {
    const two = concat(barsAt('2026-03-12', ['15:29']), barsAt('2026-03-13', ['09:15']))
    expect(dates(aggregateMinutes(two, 60, calendar))).toEqual(['2026-03-12T15:15', '2026-03-13T09:15'])
  })

  it('leaves bars with a missing price out and makes an unknown volume unknown', () => {
    const minutes = barsAt('2026-03-12', ['09:15', '09:16', '09:17', '09:20'])
    minutes.high[1] = Number.NaN
    minutes.close[3] = Number.NaN
    minutes.volume[2] = Number.NaN
    const bars = aggregateMinutes(minutes, 5, calendar)
    expect(labels(bars)).toEqual(['09:15'])
    expect([bars.high[0], bars.close[0], bars.volume[0]]).toEqual([103.5, 103.25, Number.NaN])
  })

  it('gives nothing for nothing', () => {
    expect(aggregateMinutes(createCandleSeries(0), 5, calendar).time).toHaveLength(0)
  })
})

describe('aggregateDays and minutesToDays', () => {
  it('labels a week by its Monday, holiday or not, and a Sunday session by the Monday before', () => {
    const days = concat(
      ...['2026-02-02', '2026-02-06', '2026-02-08', '2026-02-10'].map((date) => barsAt(date, ['00:00'])),
    )
    expect(dates(aggregateDays(days, 'week'))).toEqual(['2026-02-02T00:00', '2026-02-09T00:00'])
  })

  it('labels a month by its first day', () => {
    const days = concat(
      ...['2026-01-30', '2026-02-01', '2026-02-27', '2024-02-29'].sort().map((date) => barsAt(date, ['00:00'])),
    )
    const months = aggregateDays(days, 'month')
    expect(dates(months)).toEqual(['2024-02-01T00:00', '2026-01-01T00:00', '2026-02-01T00:00'])
    expect([...months.volume]).toEqual([10, 10, 20])
  })

  it('keeps a minute after midnight in its own day where the session’s times are not known', () => {
    const hours = aggregateMinutes(barsAt('2018-11-07', ['00:05', '00:20', '09:20']), 60, calendar)
    expect(dates(hours)).toEqual(['2018-11-07T00:00', '2018-11-07T00:15', '2018-11-07T09:15'])
  })

  it('makes one day of all its minutes', () => {
    const days = minutesToDays(
      concat(barsAt('2026-03-12', ['09:07', '12:00', '15:30']), barsAt('2026-03-13', ['09:15'])),
    )
    expect(dates(days)).toEqual(['2026-03-12T00:00', '2026-03-13T00:00'])
    expect([days.open[0], days.high[0], days.low[0], days.close[0], days.volume[0]]).toEqual([
      101, 103.5, 100.5, 103.25, 30,
    ])
  })
})

describe('any series', () => {
  // Steps of up to eleven hours reach over nights, weekends, special sessions and hours outside every session.
  const starts = fc.constantFrom('2024-02-28', '2024-10-29', '2018-11-05', '2026-03-02', '2026-07-30')
  const bar = fc.record({
    step: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 20 }) }, fc.integer({ min: 21, max: 660 })),
    price: fc.integer({ min: 100, max: 100_000 }),
    volume: fc.nat({ max: 1_000_000 }),
  })
  const minuteSeries = fc.tuple(starts, fc.array(bar, { maxLength: 150 })).map(([start, bars]) => {
    const series = createCandleSeries(bars.length)
    let time = istMidnight(start) + 9 * 3_600_000
    bars.forEach(({ step, price, volume }, i) => {
      time += step * minuteMs
      setBar(series, i, time, price / 20, volume)
    })
    return series
  })
  const chains = [
    [5, 15],
    [5, 30],
    [5, 60],
    [15, 30],
    [15, 60],
    [30, 60],
  ] as const

  it('aggregated twice equals aggregated once', () => {
    fc.assert(
      fc.property(minuteSeries, fc.constantFrom(...chains), (minutes, [short, long]) => {
        const twice = aggregateMinutes(aggregateMinutes(minutes, short, calendar), long, calendar)
        expect(twice).toEqual(aggregateMinutes(minutes, long, calendar))
        const days = minutesToDays(minutes)
        expect(minutesToDays(aggregateMinutes(minutes, long, calendar))).toEqual(days)
      }),
    )
  })

  it('keeps volume, the range, the order of times and each bar within its day', () => {
    fc.assert(
      fc.property(minuteSeries, fc.constantFrom(5, 15, 30, 60), (minutes, length) => {
        const bars = aggregateMinutes(minutes, length, calendar)
        for (const out of [bars, minutesToDays(minutes), aggregateDays(minutesToDays(minutes), 'week')]) {
          expect(sum(out.volume)).toBe(sum(minutes.volume))
          expect(Math.max(...out.high)).toBe(Math.max(...minutes.high))
          expect(Math.min(...out.low)).toBe(Math.min(...minutes.low))
          expect(everyBar(out, (i) => at(out.low, i) <= Math.min(at(out.open, i), at(out.close, i)))).toBe(true)
          expect(everyBar(out, (i) => at(out.high, i) >= Math.max(at(out.open, i), at(out.close, i)))).toBe(true)
          expect(everyBar(out, (i) => i === 0 || at(out.time, i) > at(out.time, i - 1))).toBe(true)
        }
        const days = (series: CandleSeries) => [...new Set(Array.from(series.time, istDate))]
        expect(days(bars)).toEqual(days(minutes))
        expect(days(aggregateDays(minutesToDays(minutes), 'week')).every((date) => weekday(date) === 1)).toBe(true)
      }),
    )
  })

  // A print after the end of a session still enters its last bucket, so this holds for minutes of the sessions alone.
  it('cutting off the future changes no complete bar', () => {
    fc.assert(
      fc.property(
        minuteSeries.map(insideSessions),
        fc.nat(),
        fc.constantFrom(5, 15, 30, 60),
        (minutes, where, length) => {
          fc.pre(minutes.time.length > 0)
          const cut = where % minutes.time.length
          const past = aggregateMinutes(sliceCandles(minutes, 0, cut), length, calendar)
          const whole = aggregateMinutes(minutes, length, calendar)
          const complete = completeBars(past, `${length}minute`, calendar, at(minutes.time, cut))
          expect(complete).toBeGreaterThanOrEqual(past.time.length - 1)
          expect(sliceCandles(past, 0, complete)).toEqual(sliceCandles(whole, 0, complete))
        },
      ),
      { numRuns: 300 },
    )
  })
})

function insideSessions(series: CandleSeries): CandleSeries {
  const isInside = (time: number) => calendar.isOpen(time) || calendar.sessionsOf(istDate(time)).length === 0
  const kept = [...series.time.keys()].filter((i) => isInside(at(series.time, i)))
  return concat(...kept.map((i) => sliceCandles(series, i, i + 1)))
}

function at(column: Float64Array, i: number): number {
  return column[i] ?? Number.NaN
}

function everyBar(series: CandleSeries, holds: (i: number) => boolean): boolean {
  return series.time.every((_, i) => holds(i))
}

function concat(...parts: readonly CandleSeries[]): CandleSeries {
  const join = (pick: (part: CandleSeries) => Float64Array) =>
    Float64Array.from(parts.flatMap((part) => [...pick(part)]))
  return {
    time: join((part) => part.time),
    open: join((part) => part.open),
    high: join((part) => part.high),
    low: join((part) => part.low),
    close: join((part) => part.close),
    volume: join((part) => part.volume),
  }
}

it('the test dates are what they are said to be', () => {
  expect(addDays('2026-02-02', 6)).toBe('2026-02-08')
  expect(weekday('2026-02-08')).toBe(0)
})
