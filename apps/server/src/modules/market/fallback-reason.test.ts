import { describe, expect, it } from 'vitest'
import { fallbackReason } from './fallback-reason.ts'
import type { ProviderHealth } from './source-guard.ts'

const first = (change: Partial<ProviderHealth> = {}): ProviderHealth[] => [
  { name: 'zerodha', state: 'up', lastSuccess: null, circuit: 'closed', nextTry: null, problem: null, ...change },
  { name: 'yahoo', state: 'up', lastSuccess: null, circuit: 'closed', nextTry: null, problem: null },
]

describe('why a price is not of the first source', () => {
  it('needs no reason when it is, or when there is none', () => {
    expect(fallbackReason('zerodha', first({ state: 'down' }))).toBeNull()
    expect(fallbackReason('replay', [])).toBeNull()
  })

  it.each([
    [{ problem: 'There is no session at Zerodha. Sign in again.' }, 'There is no session at Zerodha. Sign in again.'],
    [{ circuit: 'open', state: 'down' }, 'zerodha failed and is left alone for a while.'],
    [{ state: 'degraded' }, 'zerodha does not answer.'],
    [{}, 'zerodha has no newer price.'],
  ] as const)('with %j is "%s"', (change, reason) => {
    expect(fallbackReason('yahoo', first(change))).toBe(reason)
  })
})
