/**
 * Decides which of several instances leads: runs the warmers that must run once. At most one holder at a time; when the
 * holder dies, however, another gets it within 10 s of asking every 2 s.
 */
export interface LeaderLock {
  /** Returns whether this instance holds the lock now, after trying to get it. Answers within 2.5 s; rejects when the lock cannot be asked, and then it is not held. */
  acquire(): Promise<boolean>
  /** Gives the lock up and closes what it needed. Safe to call twice and when it was never held. */
  release(): Promise<void>
}

/** Returns the lock of a database that one process holds alone (SQLite): it always leads. */
export function createSoleLeaderLock(): LeaderLock {
  return { acquire: async () => true, release: async () => undefined }
}
