/** How long each part of a call may take, in milliseconds (quality-bar.md U1). */
export interface Deadlines {
  /** Until the connection stands, TLS included. */
  readonly connectMs: number
  /** From the request's end until the answer's head. */
  readonly headMs: number
  /** Between two pieces of the answer's body. */
  readonly idleMs: number
  /** The whole call: waiting for its turn, and every further try. */
  readonly totalMs: number
  /** Shortest and longest wait before a further try. */
  readonly retryMs: readonly [number, number]
}

export const standardDeadlines: Deadlines = {
  connectMs: 2_000,
  headMs: 5_000,
  idleMs: 5_000,
  totalMs: 10_000,
  retryMs: [200, 2_000],
}
