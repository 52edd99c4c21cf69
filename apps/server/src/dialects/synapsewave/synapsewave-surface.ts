import { renderSynapsewaveProblem } from './synapsewave-errors.ts'

const noStore: readonly string[] = ['cache-control', 'no-store']

/** Returns what holds below `/interactive` whatever the route: the error shape, and that nothing is stored on the way. */
export function createSynapsewaveSurface() {
  return { prefix: '/interactive', renderProblem: renderSynapsewaveProblem, headers: () => noStore }
}

/** Requests a minute and address (synapsewave.md §4). */
export const synapsewaveAddressLimits = {
  synapsewave: { limit: 60, windowMs: 60_000 },
  'synapsewave-login': { limit: 20, windowMs: 60_000 },
  'synapsewave-otp': { limit: 10, windowMs: 60_000 },
} as const
