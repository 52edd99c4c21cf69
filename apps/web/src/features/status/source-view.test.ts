import type { Health } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { givesPrices, type SourceSessions, unusedSources, viewSources } from './source-view.ts'

type Provider = Health['providers'][number]

const provider = (change: Partial<Provider> = {}): Provider => ({
  name: 'yahoo',
  state: 'up',
  last_success: '2026-11-23T09:30:00+05:30',
  circuit: 'closed',
  next_try: null,
  problem: null,
  ...change,
})
const sessions = (zerodha: boolean, icici: boolean): SourceSessions => ({
  zerodha: { configured: true, valid: zerodha },
  icici: { configured: true, valid: icici },
})
const stateOf = (change: Partial<Provider>, of: SourceSessions | null = null) =>
  viewSources([provider(change)], of)[0]?.state

describe('the state of a source', () => {
  it.each([
    ['works', {}],
    ['unasked', { last_success: null }],
    ['unsteady', { state: 'degraded' }],
    ['fails', { state: 'down', last_success: null }],
    ['resting', { state: 'down', circuit: 'open', next_try: '2026-11-23T09:30:30+05:30' }],
    ['trying', { state: 'down', circuit: 'half_open' }],
    ['off', { state: 'disabled', circuit: 'open' }],
  ] as const)('is %s for %j', (state, change) => {
    expect(stateOf(change)).toBe(state)
  })

  it('is a missing sign-in before anything that follows from it, for the broker that misses it alone', () => {
    const resting = { circuit: 'open', state: 'down' } as const
    expect(stateOf({ ...resting, name: 'zerodha' }, sessions(false, true))).toBe('sign_in')
    expect(stateOf({ ...resting, name: 'icici' }, sessions(false, true))).toBe('resting')
    expect(stateOf({ name: 'icici', last_success: null }, sessions(true, false))).toBe('sign_in')
    expect(stateOf({ ...resting, name: 'yahoo' }, sessions(false, false))).toBe('resting')
    const views = viewSources([provider({ name: 'zerodha' }), provider({ name: 'icici' })], sessions(true, false))
    expect(views.map(({ signIn }) => signIn)).toEqual([null, 'icici'])
  })

  it('is not a missing sign-in while nobody knows, nor where the server has no app of its own', () => {
    expect(stateOf({ name: 'zerodha' }, null)).toBe('works')
    const none = { configured: false, valid: false }
    expect(stateOf({ name: 'zerodha' }, { zerodha: none, icici: none })).toBe('works')
  })

  it('tells which sources give prices', () => {
    const views = viewSources(
      [provider(), provider({ state: 'degraded' }), provider({ circuit: 'open' }), provider({ state: 'down' })],
      null,
    )
    expect(views.map(givesPrices)).toEqual([true, true, false, false])
  })
})

describe('sources', () => {
  it('keep their order and carry what the source says of itself', () => {
    const problem = 'The app key at Zerodha has no market data. Prices come from the next source.'
    const views = viewSources([provider({ name: 'zerodha', state: 'down', problem }), provider()], null)
    expect(views.map(({ name, problem: said }) => [name, said])).toEqual([
      ['Zerodha', problem],
      ['Yahoo', null],
    ])
  })

  it('keep their id where this page does not know them', () => {
    expect(viewSources([provider({ name: 'newer' })], null)[0]).toMatchObject({ id: 'newer', name: 'newer' })
  })

  it('that are not asked are named', () => {
    expect(unusedSources([provider()])).toEqual(['Zerodha', 'ICICI Direct', 'End-of-day files'])
  })
})
