import { renderKotakProblem } from './faults.ts'

const standardHeaders: readonly string[] = ['cache-control', 'no-store']

/** Returns what holds below `/apim` whatever the route: faults, nothing kept by caches, and one more slash after the prefix. */
export function createKotakSurface() {
  return {
    prefix: '/apim',
    renderProblem: renderKotakProblem,
    headers: () => standardHeaders,
    rewrite: withoutDoubledSlash,
  }
}

/** The vendor's client joins a base that ends in `/` and a path without looking: `/apim//session/…` (kotak.md §1). */
function withoutDoubledSlash(url: string): string {
  return url.startsWith('/apim//') ? `/apim${url.slice('/apim/'.length)}` : url
}

const perMinute = (limit: number) => ({ limit, windowMs: 60_000 })

/**
 * Requests a minute (kotak.md §4): per address, and those named `…Key` per consumer key. `kotakApplication` is ours, a wide bound per
 * address on the two calls the contract counts by key or not at all.
 */
export const kotakAddressLimits = {
  kotakInit: perMinute(60),
  kotakInitKey: perMinute(120),
  kotakLogin: perMinute(10),
  kotakAccessCode: perMinute(20),
  kotakOneTimeToken: perMinute(20),
  kotakLogout: perMinute(60),
  kotakApplication: perMinute(600),
  kotakTokenKey: perMinute(10),
} as const
