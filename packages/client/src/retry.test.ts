import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ConnectionError } from './api-error.ts'
import type { Answer } from './exchange.ts'
import { retry } from './retry.ts'

const answer = (status: number, retryAfter?: string): Answer => ({
  status,
  reason: '',
  headers: new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
  text: '',
  cut: false,
})
const lost = new ConnectionError('unreachable', 'lost')

/** Takes one outcome per try and records how long it was told to wait. */
async function run(outcomes: (Answer | Error)[], maxRetries: number) {
  const waits: number[] = []
  let next = 0
  const attempt = async () => {
    const outcome = outcomes[next++] ?? answer(200)
    if (outcome instanceof Error) throw outcome
    return outcome
  }
  const result = retry(attempt, maxRetries, async (ms) => void waits.push(ms))
  const settled = await result.catch((error: unknown) => ({ error }))
  return { settled, waits, tries: next }
}

it('waits 200, 400, 800 ms and doubles on after lost connections', async () => {
  const { settled, waits } = await run(Array(5).fill(lost), 5)
  expect(waits).toEqual([200, 400, 800, 1600, 3200])
  expect(settled).toMatchObject({ answer: { status: 200 }, tries: 6 })
})

it('waits as long as the server says, up to a minute', async () => {
  const { settled, waits } = await run([answer(429, '60'), answer(503, '0'), answer(503, '7')], 3)
  expect(waits).toEqual([60_000, 0, 7000])
  expect(settled).toMatchObject({ answer: { status: 200 }, tries: 4 })
})

it.each<[string, Answer | Error]>([
  ['longer than a minute', answer(503, '61')],
  ['without saying when', answer(429)],
  ['of another status', answer(500, '1')],
  ['a success', answer(200, '1')],
])('takes an answer as it is: %s', async (_, outcome) => {
  expect(await run([outcome], 3)).toEqual({ settled: { answer: outcome, tries: 1 }, waits: [], tries: 1 })
})

it.each([
  new ConnectionError('timeout', 'late'),
  new ConnectionError('unreachable', 'broke off', { partial: true }),
  new RangeError('a bug'),
])('rejects at once with %s', async (error) => {
  expect(await run([error], 3)).toEqual({ settled: { error }, waits: [], tries: 1 })
})

it('never tries more often than allowed, and gives the last outcome', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(lost, answer(503, '1'), answer(429, '2')), { minLength: 7, maxLength: 7 }),
      fc.nat(5),
      async (outcomes, maxRetries) => {
        const { settled, waits, tries } = await run(outcomes, maxRetries)
        expect([tries, waits.length]).toEqual([maxRetries + 1, maxRetries])
        const last = outcomes[maxRetries]
        expect(settled).toEqual(last instanceof Error ? { error: last } : { answer: last, tries })
      },
    ),
  ))
