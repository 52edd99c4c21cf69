import type { EpochMs, InstrumentId } from '@banyan/domain'

/** A daily step over 40 % that no adjustment explains, under the names people know. */
export interface ListedJump {
  readonly instrument: InstrumentId
  /** Source id. */
  readonly source: string
  /** Opening of the bar that jumped. */
  readonly time: EpochMs
  readonly previousClose: number
  readonly close: number
}

/** A summary goes to the command as one line of at most 64 KiB, and nobody reads more than a screen of them. */
const jumpsListed = 50

/** Returns at most 50 of the jumps, the newest first. */
export function newestJumps(jumps: readonly ListedJump[]): readonly ListedJump[] {
  return jumps.toSorted((a, b) => b.time - a.time).slice(0, jumpsListed)
}
