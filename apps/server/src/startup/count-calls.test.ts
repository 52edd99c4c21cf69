import type { UpstreamCall, UpstreamPort } from '@banyan/brokers/http'
import { parseTimestamp } from '@banyan/domain'
import { expect, it } from 'vitest'
import { countCalls } from './count-calls.ts'

it('counts the calls of each key from midnight in India on', async () => {
  let now = parseTimestamp('2026-03-12T23:59:59+05:30') ?? 0
  const port: UpstreamPort = {
    provider: 'icici',
    call: async () => 'answer' as never,
    circuit: () => 'closed',
    close: async () => undefined,
  }
  const counted = countCalls(port, { now: () => now })
  const call = (limitKey: string | null) => counted.call({ limitKey } as UpstreamCall<string>)
  expect([await call('a'), await call('a'), await call('b'), await call(null)]).toEqual(Array(4).fill('answer'))
  expect(['a', 'b', 'c'].map((key) => counted.callsToday(key))).toEqual([2, 1, 0])
  now += 1_000
  await call('b')
  expect(['a', 'b'].map((key) => counted.callsToday(key))).toEqual([0, 1])
})
