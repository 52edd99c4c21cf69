/** Limits of the ticker (upstreams.md §2.10). */
export const connectionsAtMost = 3
export const instrumentsPerConnection = 3_000

export interface Shares {
  /** Instruments of each connection; the later ones may be empty. */
  readonly shares: readonly ReadonlySet<number>[]
  /** Instruments for which there is no place. */
  readonly left: readonly number[]
}

/**
 * Returns which connection pushes which instrument. One that is pushed already stays where it is, so that a change of the list disturbs no
 * other instrument; the rest fill the places there are, in their order.
 */
export function shareOut(wanted: readonly number[], before: readonly ReadonlySet<number>[]): Shares {
  const shares = Array.from({ length: connectionsAtMost }, () => new Set<number>())
  const left: number[] = []
  const newcomers: number[] = []
  for (const token of new Set(wanted)) {
    const place = before.findIndex((share) => share.has(token))
    if (place === -1) newcomers.push(token)
    else shares[place]?.add(token)
  }
  for (const token of newcomers) {
    const share = shares.find(({ size }) => size < instrumentsPerConnection)
    if (share === undefined) left.push(token)
    else share.add(token)
  }
  return { shares, left }
}
