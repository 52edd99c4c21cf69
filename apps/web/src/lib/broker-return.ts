import { type BrokerReturn, readBrokerReturn } from './read-broker-return.ts'

let returned: BrokerReturn | null = null

/**
 * Takes what the redirect brought out of the address, where neither history nor a screenshot has it. To be called before the router is made.
 */
export function takeBrokerReturn(): void {
  if (!location.pathname.startsWith('/portfolio/connect/')) return
  returned = readBrokerReturn(location.hash)
  if (returned !== null) history.replaceState(history.state, '', location.pathname + location.search)
}

/** Returns what the page was opened with; null without a redirect. */
export const lastBrokerReturn = (): BrokerReturn | null => returned

/** Forgets it once it is used. */
export function forgetBrokerReturn(): void {
  returned = null
}
