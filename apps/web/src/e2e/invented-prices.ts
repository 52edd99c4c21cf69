import type { Snapshot } from '@banyan/contracts'
import type { Listed } from './invented-listings.ts'

/** What the page is to be shown. Every figure is invented; only symbols and names are real. */
export interface Scene {
  readonly mode: 'live' | 'replay'
  readonly state: Snapshot['market']['state']
  /** `none`: no source has a price, as on a first start without data. */
  readonly prices: 'all' | 'none'
  /** `none`: no source tells how many units were traded. */
  readonly volumes?: 'none'
  /** A large market with so many signals; without it a few. */
  readonly signals?: number
}

export const recordedDate = '2021-06-09'
const marketStart = Date.parse(`${recordedDate}T11:42:06+05:30`)

export const disclaimer =
  'Banyan and whoever runs it are not registered with SEBI as investment adviser or research analyst. What you see here is information about past and present prices. It is not advice to buy, sell or hold.'

export function modeOf({ mode }: Scene) {
  return { mode, recorded_date: mode === 'replay' ? recordedDate : null }
}

export const unpriced = { last_price: null, prev_close: null, source: null, as_of: null, age_ms: null, delay: null }

/** Returns the provenance of every price of the scene, `elapsedMs` after its start. */
export function inventedProvenance({ mode, state }: Scene, elapsedMs: number) {
  const live = state === 'open' ? ('live' as const) : ('close' as const)
  return {
    source: mode === 'replay' ? 'replay' : 'invented',
    as_of: marketTimestamp(Math.floor(elapsedMs / 1000) * 1000),
    age_ms: 400,
    delay: mode === 'replay' ? ('replay' as const) : live,
  }
}

/** Returns price, previous close and the changes that follow from them. */
export function inventedPrice(listed: Listed, elapsedMs: number) {
  const last = round(listed.last * (1 + wobble(listed, elapsedMs)))
  return {
    last_price: last,
    prev_close: listed.prevClose,
    change: round(last - listed.prevClose),
    change_percent: round(((last - listed.prevClose) / listed.prevClose) * 100),
  }
}

export function marketTimestamp(elapsedMs: number): string {
  return `${new Date(marketStart + elapsedMs + 19_800_000).toISOString().slice(0, 23)}+05:30`
}

/** Moves a price by up to 0.02 % every two seconds, so that polls bring news and the order of the movers stays. */
function wobble({ symbol }: Listed, elapsedMs: number): number {
  return 0.0002 * Math.sin(Math.floor(elapsedMs / 2000) + symbol.length)
}

const round = (value: number) => Math.round(value * 100) / 100
