/** Where a value came from: memory, the shared level, or the source. */
type Origin = 'l1' | 'l2' | 'source'

interface Flight {
  readonly promise: Promise<unknown>
  joined: number
  origin: Origin
}

export interface Flights {
  /** Returns the running read of the key, or starts one. A failure reaches all who joined. */
  join<T>(key: string, start: () => Promise<T>): Promise<T>
  /** Notes which level answers the running read of a key. */
  answeredBy(key: string, level: 'l1' | 'l2'): void
  /** Lets nobody join the running reads of these keys any more; who joined before still gets their value. */
  forget(keys: Iterable<string>): void
  keys(): Iterable<string>
  /**
   * Counts since start. Every read is one of: a hit in memory, a miss, or one that joined a running miss; of the joined,
   * `joinedRemote` were answered by the shared level.
   */
  readonly counters: { hits: number; misses: number; joined: number; joinedRemote: number }
}

/**
 * Returns a register that lets one read of a key run at a time. `landedLate` is told when a forgotten read ends: what it took
 * from the shared level it has put into memory, although it may be older than the removal.
 */
export function createFlights(landedLate: (key: string) => void): Flights {
  const flights = new Map<string, Flight>()
  const counters = { hits: 0, misses: 0, joined: 0, joinedRemote: 0 }

  const land = (key: string, flight: Flight) => {
    if (flights.get(key) === flight) flights.delete(key)
    else landedLate(key)
    if (flight.origin === 'l1') {
      counters.hits += 1 + flight.joined
      return
    }
    counters.misses += 1
    counters.joined += flight.joined
    if (flight.origin === 'l2') counters.joinedRemote += flight.joined
  }

  return {
    counters,
    join<T>(key: string, start: () => Promise<T>): Promise<T> {
      const running = flights.get(key)
      if (running) {
        running.joined++
        return running.promise as Promise<T>
      }
      const promise = Promise.resolve()
        .then(start)
        .finally(() => land(key, flight))
      const flight: Flight = { promise, joined: 0, origin: 'source' }
      flights.set(key, flight)
      return promise
    },
    answeredBy(key, level) {
      const flight = flights.get(key)
      if (flight) flight.origin = level
    },
    forget(keys) {
      for (const key of [...keys]) flights.delete(key)
    },
    keys: () => flights.keys(),
  }
}
