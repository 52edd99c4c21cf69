import { ApiError, ConnectionError } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { isWorthRetrying, retryDelayMs } from './retry.ts'

const refused = (status: number, retryAfterS: number | null = null) =>
  new ApiError('refused', { code: 'any', status, details: [], requestId: null, retryAfterS })

describe('asking again', () => {
  it('is worth it after silence, 429 and 5xx only', () => {
    expect([new ConnectionError('timeout', ''), refused(429), refused(503)].map(isWorthRetrying)).toEqual([
      true,
      true,
      true,
    ])
    expect([refused(400), refused(404)].map(isWorthRetrying)).toEqual([false, false])
  })

  it('waits as long as the server said', () => {
    expect(retryDelayMs(0, refused(429, 41))).toBe(41_000)
    expect(retryDelayMs(9, refused(503, 1))).toBe(1_000)
  })

  it('doubles up to half a minute when the server said nothing', () => {
    const silent = new ConnectionError('unreachable', '')
    expect([0, 1, 2, 3, 4, 50].map((failures) => retryDelayMs(failures, silent))).toEqual([
      2000, 4000, 8000, 16000, 30000, 30000,
    ])
  })
})
