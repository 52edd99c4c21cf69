import { describe, expect, it } from 'vitest'
import { brokerProblem } from './broker-problem.ts'
import { UpstreamError, upstreamFailures } from './outcome.ts'

const at = { provider: 'zerodha', operation: 'holdings' }

describe('brokerProblem', () => {
  it('has the code of upstreams.md §1.2 for every failure, and keeps the cause', () => {
    const told = upstreamFailures.map((failure) => {
      const cause = new UpstreamError(failure, at)
      const problem = brokerProblem(cause, 'Zerodha')
      expect(problem.cause).toBe(cause)
      return [failure, problem.code, problem.message]
    })
    expect(told).toEqual([
      ['auth_required', 'broker_rejected', 'Zerodha refused.'],
      ['forbidden', 'broker_rejected', 'Zerodha refused.'],
      ['rejected', 'broker_rejected', 'Zerodha refused.'],
      ['rate_limited', 'broker_rate_limited', 'Zerodha takes no more requests for now.'],
      ['unavailable', 'broker_unreachable', 'Zerodha cannot be reached.'],
      ['timeout', 'broker_timeout', 'Zerodha did not answer in time.'],
      ['malformed', 'broker_unreachable', 'Zerodha answered something that was not understood.'],
    ])
  })

  it('repeats what the broker said of a refusal, and when to come back', () => {
    const refused = new UpstreamError('rejected', at, { vendorText: 'Token is invalid or has expired.' })
    expect(brokerProblem(refused, 'Zerodha').message).toBe('Zerodha refused: Token is invalid or has expired.')
    const waits = [null, 0.2, 61.5].map(
      (retryAfterS) => brokerProblem(new UpstreamError('rate_limited', at, { retryAfterS }), 'X').retryAfterS,
    )
    expect(waits).toEqual([1, 1, 62])
  })
})
