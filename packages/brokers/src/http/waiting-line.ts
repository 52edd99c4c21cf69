import type { Clock, EpochMs } from '@banyan/domain'
import type { Bucket, SharedBuckets } from './buckets.ts'
import { CallFault } from './call-fault.ts'
import { createForecast } from './forecast.ts'
import type { Operation, UpstreamCall } from './upstream-port.ts'

/** What a call needs before it may start. */
export interface Turn {
  readonly operation: Operation
  readonly rank: UpstreamCall<unknown>['rank']
  /** What the call is part of. Of a sync, all calls keep the place that the first of them took. */
  readonly work: object
  /** A token of each. */
  readonly buckets: readonly Bucket[]
  /** Instant by which it has to start. */
  readonly deadline: EpochMs
  /** Ends the waiting; the turn then rejects with its reason. */
  readonly signal: AbortSignal
  /** Whether the operation's breaker lets a call through now. */
  isAdmitted(): boolean
}

/** How many calls of one operation are under way at most, and how many wait for one of those places. */
export interface Places {
  readonly atOnce: number
  readonly waiting: number
}

/**
 * Lets calls start at the vendor's pace: by rank, then first come, first served; a call whose tokens are there does not wait for one whose
 * tokens are not. A sync that has begun goes before one that has not: served call by call in turn, many at once would all come to nothing,
 * each with some of its lists. Tokens are taken last, when there is a place too: taken before, they would pile up in front of a slow vendor and leave
 * together. That is why the places are kept here and not in a bulkhead of cockatiel's, which also holds an aborted call until one is free.
 */
export interface WaitingLine {
  /**
   * Runs the work, which starts synchronously when its turn comes. Rejects with a {@link CallFault} when it has not been run: `rate_limited`
   * as soon as it cannot start before its deadline, `unavailable` when the breaker is open or too many wait for a place.
   */
  run<T>(turn: Turn, work: () => Promise<T>): Promise<T>
}

interface Waiting {
  readonly turn: Turn
  /** Of two with the same rank the lower one is served first. */
  readonly place: number
  start(): void
  refuse(reason: unknown): void
}

const ranks: readonly Turn['rank'][] = ['sync', 'quotes', 'history']
/** While a vendor has everybody paused the places are empty, and this alone bounds the memory that waiting takes. */
const longestLine = 1_000

export function createWaitingLine(buckets: SharedBuckets, clock: Clock, places: Places): WaitingLine {
  const forecast = createForecast(clock)
  /** In the order of service. */
  const waiting: Waiting[] = []
  /** Those of which it is not known yet whether they wait for tokens or for a place. */
  const newcomers = new Set<Waiting>()
  const running = new Map<Operation, number>()
  const placeOf = createPlaces()
  let isServing = false
  let alarm: NodeJS.Timeout | undefined

  const hasPlace = ({ operation }: Turn): boolean => (running.get(operation) ?? 0) < places.atOnce
  const takePlace = (operation: Operation, change: 1 | -1): void => {
    running.set(operation, (running.get(operation) ?? 0) + change)
  }
  const refuseHopeless = (): void => {
    const plan = forecast.plan()
    for (const { turn, refuse } of [...waiting]) {
      const start = plan.startOf(turn.buckets)
      if (!turn.isAdmitted()) refuse(circuitOpen())
      else if (start > turn.deadline) refuse(tooFast(start - clock.now()))
      else plan.add(turn.buckets)
    }
  }
  /** Only newcomers: a vendor that becomes slow does not cost those their turn who waited for their tokens. */
  const refuseCrowd = (): void => {
    for (const { turn, refuse } of [...newcomers].reverse()) {
      const alike = waiting.filter((other) => other.turn.operation === turn.operation)
      if (!hasPlace(turn) && alike.length > places.waiting) refuse(bulkheadFull())
    }
    newcomers.clear()
  }
  const isReady = ({ turn }: Waiting): boolean => hasPlace(turn) && forecast.emptyUntil(turn.buckets) <= clock.now()

  const serve = async (): Promise<void> => {
    if (isServing) return
    isServing = true
    clearTimeout(alarm)
    refuseHopeless()
    for (let next = waiting.find(isReady); next !== undefined; next = waiting.find(isReady)) {
      const shortage = await buckets.take(next.turn.buckets)
      forecast.learn(next.turn.buckets, shortage)
      // It may have been aborted meanwhile. Its tokens are then lost, which errs to the safe side.
      if (shortage === null && waiting.includes(next)) next.start()
      refuseHopeless()
    }
    refuseCrowd()
    isServing = false
    wakeForNext()
  }
  const wakeForNext = (): void => {
    const startable = waiting.filter(({ turn }) => hasPlace(turn))
    if (startable.length === 0) return
    const dueAt = Math.min(...startable.map(({ turn }) => forecast.emptyUntil(turn.buckets)))
    alarm = setTimeout(() => void serve(), Math.max(1, dueAt - clock.now()))
  }

  const join = (entry: Waiting): void => {
    const behind = waiting.findIndex((other) => compareService(other, entry) > 0)
    waiting.splice(behind === -1 ? waiting.length : behind, 0, entry)
    newcomers.add(entry)
    void serve()
  }
  const leave = (entry: Waiting): void => {
    newcomers.delete(entry)
    const at = waiting.indexOf(entry)
    if (at !== -1) waiting.splice(at, 1)
  }
  const carryOut = async <T>({ operation }: Turn, work: () => Promise<T>): Promise<T> => {
    takePlace(operation, 1)
    try {
      return await work()
    } finally {
      takePlace(operation, -1)
      void serve()
    }
  }

  return {
    async run(turn, work) {
      turn.signal.throwIfAborted()
      if (!turn.isAdmitted()) throw circuitOpen()
      if (waiting.length >= longestLine) throw bulkheadFull()
      return new Promise((resolve, reject) => {
        const abort = (): void => entry.refuse(hasPlace(turn) ? asTooFast(turn.signal.reason) : turn.signal.reason)
        const end = (): void => {
          turn.signal.removeEventListener('abort', abort)
          leave(entry)
        }
        const entry: Waiting = {
          turn,
          place: placeOf(turn),
          start() {
            end()
            // The circuit may have opened while the tokens were taken.
            if (turn.isAdmitted()) carryOut(turn, work).then(resolve, reject)
            else reject(circuitOpen())
          },
          refuse(reason) {
            end()
            reject(reason)
          },
        }
        turn.signal.addEventListener('abort', abort, { once: true })
        join(entry)
      })
    },
  }
}

/** Returns a function that gives calls their places: each a later one, but those of one sync that of its first call. */
function createPlaces(): (turn: Turn) => number {
  const ofWork = new WeakMap<object, number>()
  let taken = 0
  return ({ rank, work }) => {
    const place = (rank === 'sync' ? ofWork.get(work) : undefined) ?? taken++
    ofWork.set(work, place)
    return place
  }
}

function compareService(a: Waiting, b: Waiting): number {
  return ranks.indexOf(a.turn.rank) - ranks.indexOf(b.turn.rank) || a.place - b.place
}

/** A deadline that passes while only tokens are missing: other instances were faster. */
function asTooFast(reason: unknown): unknown {
  return reason instanceof CallFault && reason.failure === 'timeout' ? tooFast(1000) : reason
}

function tooFast(waitMs: number): CallFault {
  return new CallFault('rate_limited', { code: 'NO_TOKEN', retryAfterS: Math.max(1, Math.ceil(waitMs / 1000)) })
}

function circuitOpen(): CallFault {
  return new CallFault('unavailable', { code: 'CIRCUIT_OPEN' })
}

function bulkheadFull(): CallFault {
  return new CallFault('unavailable', { code: 'BULKHEAD_FULL' })
}
