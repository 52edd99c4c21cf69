import { parseTimestamp } from '@banyan/domain'
import type { UpstreamAnswer } from '../../http/upstream-port.ts'

type Column = readonly unknown[]

/** Returns a chart as the endpoint writes one; every value is invented. Columns not given are as long as `times`. */
export function chartOf(given: {
  readonly meta?: object
  readonly times?: readonly number[]
  readonly open?: Column
  readonly high?: Column
  readonly low?: Column
  readonly close?: Column
  readonly volume?: Column
}): object {
  const { times = [(parseTimestamp('2026-03-12T03:45:00Z') ?? 0) / 1_000], close = times.map(() => 100) } = given
  const { open = close, high = close, low = close, volume = times.map(() => 1_000) } = given
  const meta = {
    currency: 'INR',
    exchangeTimezoneName: 'Asia/Kolkata',
    regularMarketPrice: 3_412.5,
    regularMarketTime: (parseTimestamp('2026-03-12T11:27:00+05:30') ?? 0) / 1_000,
    chartPreviousClose: 3_398,
    ...given.meta,
  }
  const indicators = { quote: [{ open, high, low, close, volume }] }
  return { chart: { result: [{ meta, timestamp: times, indicators }], error: null } }
}

export function answerOf(body: string | object, status = 200): UpstreamAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers: {}, body: Buffer.from(text) }
}
