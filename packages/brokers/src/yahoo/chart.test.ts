import { parseTimestamp } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Verdict } from '../http/upstream-port.ts'
import { readChart } from './chart.ts'
import { answerOf, chartOf } from './testing/invented-charts.ts'

const at = (text: string) => (parseTimestamp(text) ?? 0) / 1_000

function failureOf(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    return error instanceof Verdict ? error.failure : 'malformed'
  }
  return 'none'
}

describe('readChart', () => {
  it('reads the last price, its time and the close before', () => {
    expect(readChart(answerOf(chartOf({})), 'day')).toMatchObject({
      lastPrice: 3_412.5,
      asOf: at('2026-03-12T11:27:00+05:30') * 1_000,
      prevClose: 3_398,
    })
  })

  it('YC-1: a bar stamped 03:45 UTC is of that day in India, also the first of a year', () => {
    const times = [at('2025-12-31T03:45:00Z'), at('2026-01-01T03:45:00Z')]
    expect(readChart(answerOf(chartOf({ times })), 'longer')?.bars.map(({ date }) => date)).toEqual([
      '2025-12-31',
      '2026-01-01',
    ])
  })

  it('YC-2: drops a bar that is not there, and one that cannot be; no volume is unknown volume', () => {
    const times = [1, 2, 3, 4].map((day) => at(`2026-03-0${day}T03:45:00Z`))
    const chart = chartOf({
      times,
      open: [10, null, 10, 10],
      high: [12, null, 9, 12],
      low: [9, null, 8, 9],
      close: [11, null, 9, 11],
      volume: [100, null, 100, 0],
    })
    expect(readChart(answerOf(chart), 'longer')?.bars).toEqual([
      { date: '2026-03-01', open: 10, high: 12, low: 9, close: 11, volume: 100 },
      { date: '2026-03-04', open: 10, high: 12, low: 9, close: 11, volume: null },
    ])
  })

  it('YC-5: of a longer range the close before is the one of the bar before the last', () => {
    const times = [9, 10, 11].map((day) => at(`2026-03-${String(day).padStart(2, '0')}T03:45:00Z`))
    const chart = chartOf({ times, close: [100, 105, 103] })
    expect(readChart(answerOf(chart), 'longer')?.prevClose).toBe(105)
    expect(readChart(answerOf(chart), 'day')?.prevClose).toBe(3_398)
  })

  it('takes a symbol Yahoo does not know as no price', () => {
    const unknown = { chart: { result: null, error: { code: 'Not Found', description: 'No data found' } } }
    expect(readChart(answerOf(unknown, 404), 'day')).toBeNull()
  })

  it('YC-4: refuses what is no chart of an Indian price, whatever its status', () => {
    const bodies: readonly (readonly [string | object, number])[] = [
      ['<html>Will be right back</html>', 200],
      [chartOf({ meta: { currency: 'USD' } }), 200],
      [chartOf({ meta: { exchangeTimezoneName: 'America/New_York' } }), 200],
      [chartOf({ meta: { regularMarketPrice: '3412.5' } }), 200],
      [chartOf({ meta: { regularMarketPrice: null } }), 200],
      [chartOf({ meta: { regularMarketTime: 1.5 } }), 200],
      [chartOf({ close: ['11'] }), 200],
      [{ chart: { result: null, error: { code: 'Unauthorized' } } }, 401],
      [{ chart: { result: null, error: { code: 'Other' } } }, 404],
      [{ finance: {} }, 200],
      ['null', 200],
    ]
    for (const [body, status] of bodies)
      expect([body, failureOf(() => readChart(answerOf(body, status), 'day'))]).toEqual([body, 'malformed'])
  })

  it('tells a block from an outage', () => {
    expect(failureOf(() => readChart(answerOf('Too Many Requests', 429), 'day'))).toBe('rate_limited')
    expect(failureOf(() => readChart(answerOf('<html>', 502), 'day'))).toBe('unavailable')
    expect(failureOf(() => readChart(answerOf('', 504), 'day'))).toBe('timeout')
  })

  it('never crashes and never gives a price that is none, whatever comes', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('day' as const, 'longer' as const), (text, range) => {
        const read = () => readChart(answerOf(text), range)
        if (failureOf(read) === 'none') expect(read()?.lastPrice ?? 1).toBeGreaterThan(0)
      }),
    )
  })
})
