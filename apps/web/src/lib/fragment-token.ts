import { useSyncExternalStore } from 'react'

// Mailed and printed links carry their token behind the `#`, which no server and no log sees. It is taken out of the address before
// anything else runs, so that it stays neither in the history nor on a screenshot.
let taken: string | null = null
const listeners = new Set<() => void>()

/**
 * Takes the token of a link out of the address bar, now and whenever a link is pasted into the open page. To be called before the router is
 * made: it would see a pasted token first, and put the address back.
 */
export function takeFragmentTokens(): void {
  take()
  addEventListener('popstate', take)
}

/** Returns the token the page was opened with; null without one. */
export function useFragmentToken(): string | null {
  return useSyncExternalStore(subscribe, () => taken)
}

/** Forgets the token once it is spent. */
export function forgetFragmentToken(): void {
  set(null)
}

function take(): void {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token === null) return
  history.replaceState(history.state, '', location.pathname + location.search)
  set(token)
}

function set(token: string | null): void {
  taken = token
  for (const listener of listeners) listener()
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed)
  return () => void listeners.delete(changed)
}
