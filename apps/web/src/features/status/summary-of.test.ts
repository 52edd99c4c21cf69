import { ApiError, ConnectionError, type Health } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { summaryOf } from './summary-of.ts'

const lost = new ConnectionError('unreachable', 'The server cannot be reached.')
const slowDown = { code: 'rate_limited', status: 429, details: [], requestId: null, retryAfterS: 30 }
const health = {
  time: '2026-11-23T09:30:00+05:30',
  database: { connected: true },
  cache: { l2: { configured: false } },
  warmers: [],
  providers: [{ name: 'replay', state: 'up', circuit: 'closed', last_success: null }],
  market: { calendar_warning: null },
} as unknown as Health
const known = { health: undefined, sessions: null, watch: { problem: null } }

describe('the line at the top of the status', () => {
  it('asks until the first answer', () => {
    expect(summaryOf({ ...known, state: { kind: 'loading' } })).toMatchObject({ tone: 'unknown', points: [] })
  })

  it('tells a server that is away from one that refuses', () => {
    expect(summaryOf({ ...known, state: { kind: 'failed', problem: lost } })).toEqual({
      tone: 'bad',
      title: 'The server does not answer.',
      points: [],
    })
    const problem = new ApiError('Too many requests.', slowDown)
    expect(summaryOf({ ...known, state: { kind: 'failed', problem } }).title).toBe(
      'The server refuses to say how it is.',
    )
  })

  it('says since when there is no answer, and no longer that everything works', () => {
    const state = { kind: 'stale', problem: lost, since: Date.parse('2026-11-23T09:30:04+05:30') } as const
    expect(summaryOf({ ...known, health, state })).toEqual({
      tone: 'bad',
      title: 'No good answer from the server since 09:30:04 IST.',
      points: ['The server cannot be reached.', 'What stands below is from then.'],
    })
  })

  it('is of the answer while that is fresh, and of the stream of this page', () => {
    const state = { kind: 'fresh' } as const
    expect(summaryOf({ ...known, health, state }).title).toBe('Everything works.')
    expect(summaryOf({ ...known, health, state, watch: { problem: lost.message } }).points).toEqual([
      'This page has no live stream: The server cannot be reached.',
    ])
  })
})
