const longestMs = 60_000

/**
 * Returns how long to wait before try number `attempt` (from 0) to connect again: anything from 0 up to 1, 2, 4 … 60 s, so that many who
 * lost the connection together do not come back together. `random` returns 0 ≤ x < 1.
 */
export function reconnectDelayMs(attempt: number, random: () => number): number {
  return Math.floor(random() * Math.min(1_000 * 2 ** attempt, longestMs))
}
