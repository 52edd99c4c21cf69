import type { Health } from '@banyan/client'

/** What kind of market a server shows, by the best source it asks. */
export type RunningMode = 'replay' | 'live' | 'delayed' | 'end_of_day' | 'nothing'

/** Returns what the server was set up to show, whether its sources answer at the moment or not. */
export function runningMode({ market, providers }: Pick<Health, 'market' | 'providers'>): RunningMode {
  if (market.mode === 'replay') return 'replay'
  const asked = new Set(providers.filter(({ state }) => state !== 'disabled').map(({ name }) => name))
  if (asked.has('zerodha') || asked.has('icici')) return 'live'
  if (asked.has('yahoo')) return 'delayed'
  return asked.has('eod') ? 'end_of_day' : 'nothing'
}
