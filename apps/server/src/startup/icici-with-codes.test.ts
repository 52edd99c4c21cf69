import type { IciciBroker } from '@banyan/brokers/icici'
import { parseTimestamp, Secret } from '@banyan/domain'
import { expect, it } from 'vitest'
import { withCodes } from './icici-with-codes.ts'

const at = (text: string) => parseTimestamp(`${text}+05:30`) ?? 0
const credentials = { apiKey: new Secret('k'), apiSecret: new Secret('s'), code: new Secret('c') }

function open(start: string) {
  let now = at(start)
  let loadedAt: number | null = null
  let failure: Error | null = null
  const steps: string[] = []
  const problems: unknown[] = []
  const broker = withCodes({ open: async () => steps.push('open') as never } as unknown as IciciBroker, {
    clock: { now: () => now },
    onProblem: (error) => problems.push(error),
    codes: {
      loadedAt: () => loadedAt,
      async load() {
        steps.push('load')
        if (failure) throw failure
        loadedAt = now
      },
    },
  })
  const signIn = (signal = AbortSignal.timeout(1_000)) => broker.open(credentials, signal)
  const go = (instant: string, error: Error | null = null) => {
    now = at(instant)
    failure = error
  }
  return { steps, problems, signIn, go }
}

it('loads the list before the first sign-in of a day, which begins at eight', async () => {
  const { steps, signIn, go } = open('2026-03-12T07:59:59')
  await signIn()
  await signIn()
  go('2026-03-12T08:00:00')
  await signIn()
  go('2026-03-13T07:59:59')
  await signIn()
  expect(steps).toEqual(['load', 'open', 'open', 'load', 'open', 'open'])
})

it('lets a sign-in go on without the list, says why, and tries again at the next', async () => {
  const { steps, problems, signIn, go } = open('2026-03-12T09:00:00')
  go('2026-03-12T09:00:00', new Error('no such file'))
  await signIn()
  go('2026-03-12T09:01:00')
  await signIn()
  expect([steps, problems]).toEqual([['load', 'open', 'load', 'open'], [new Error('no such file')]])
})

it('does not go on when nobody waits any more', async () => {
  const { steps, signIn, go } = open('2026-03-12T09:00:00')
  go('2026-03-12T09:00:00', new Error('aborted'))
  await expect(signIn(AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone')
  expect(steps).toEqual(['load'])
})
