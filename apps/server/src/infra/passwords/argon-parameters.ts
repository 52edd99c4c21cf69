/** Cost of one Argon2id hash (RFC 9106). */
export interface ArgonParameters {
  /** Memory of one running hash, in KiB. */
  readonly memoryKiB: number
  /** Passes over that memory. */
  readonly passes: number
  readonly lanes: number
}

/** quality-bar.md P1. 64 ms and 64 MiB per hash on the machine it was measured on. */
export const argonDefault: ArgonParameters = { memoryKiB: 65_536, passes: 3, lanes: 1 }

/** The least a configuration may ask for (P1). */
export const argonFloor: ArgonParameters = { memoryKiB: 19_456, passes: 2, lanes: 1 }

/** Tells whether any of the parameters is below the other's. */
export function isWeaker(parameters: ArgonParameters, than: ArgonParameters): boolean {
  return parameters.memoryKiB < than.memoryKiB || parameters.passes < than.passes || parameters.lanes < than.lanes
}

/**
 * Returns how many hashes run at once (P2): hashing shares libuv's threads with file reads and name look-ups, so two of them
 * are left to those whenever there are that many.
 */
export function slotsFor({ cores, threadPoolSize }: { cores: number; threadPoolSize: number }): number {
  return Math.max(1, Math.min(4, cores, threadPoolSize - 2))
}
