import type { Health } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { runningMode } from './running-mode.ts'

const market = { mode: 'live', recorded_date: null, calendar_known_to: '2026-12-31', calendar_warning: null } as const
const provider = (name: string, state: Health['providers'][number]['state'] = 'up') => ({
  name,
  state,
  last_success: null,
  circuit: 'closed' as const,
  next_try: null,
  problem: null,
})

describe('what a server shows', () => {
  it.each([
    ['live', ['zerodha', 'yahoo', 'eod']],
    ['live', ['icici', 'eod']],
    ['delayed', ['yahoo', 'eod']],
    ['end_of_day', ['eod']],
    ['nothing', []],
  ] as const)('is %s with the sources %j', (mode, names) => {
    expect(runningMode({ market, providers: names.map((name) => provider(name)) })).toBe(mode)
  })

  it('is the replay whatever else stands in the list', () => {
    const replay = { ...market, mode: 'replay' as const, recorded_date: '2021-06-09' }
    expect(runningMode({ market: replay, providers: [provider('replay')] })).toBe('replay')
  })

  it('does not change when a source is down, but does when it is switched off', () => {
    expect(runningMode({ market, providers: [provider('zerodha', 'down'), provider('eod')] })).toBe('live')
    expect(runningMode({ market, providers: [provider('yahoo', 'disabled'), provider('eod')] })).toBe('end_of_day')
  })
})
