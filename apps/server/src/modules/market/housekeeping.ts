import type { Timers } from '@banyan/brokers'
import type { Clock } from '@banyan/domain'
import type { PriceIntake } from './price-intake.ts'
import type { SharedQuotes } from './shared-quotes.ts'

export interface HousekeepingParts {
  readonly intake: PriceIntake
  readonly shared: SharedQuotes
  readonly wallClock: Clock
  readonly timers: Timers
  readonly options: { readonly probeAfterMs: number; readonly shareEveryMs: number; readonly startWithinMs: number }
  onProblem(what: 'source' | 'shelf', name: string, error: unknown): void
}

/** Begins and ends the market's work, and what it does unasked in between. */
export interface Housekeeping {
  /** `refresh` fetches what is shown first. */
  start(refresh: () => Promise<void>): Promise<void>
  stop(): Promise<void>
}

const tidyEveryMs = 1_000

export function createHousekeeping(parts: HousekeepingParts): Housekeeping {
  const { intake, shared, timers, options, onProblem } = parts
  const ends: (() => void)[] = []
  const stopping = new AbortController()

  const save = () => shared.save().catch((error: unknown) => onProblem('shelf', 'save', error))
  const restore = () => shared.restore().catch((error: unknown) => onProblem('shelf', 'restore', error))
  const tidy = () => {
    intake.followClock()
    probeIdleSources(parts, stopping.signal)
  }

  return {
    async start(refresh) {
      await within(options.startWithinMs / 2, restore())
      intake.open()
      ends.push(
        timers.every(tidyEveryMs, tidy),
        timers.every(options.shareEveryMs, () => void save()),
      )
      await within(options.startWithinMs / 2, refresh())
    },
    async stop() {
      if (stopping.signal.aborted) return
      stopping.abort(new Error('the server stops'))
      for (const end of ends.splice(0)) end()
      intake.close()
      await within(options.startWithinMs, save())
    },
  }
}

/** Without a caller an open circuit would stay open and a dead source look alive: each is asked for its probe now and then. */
function probeIdleSources({ intake, wallClock, options, onProblem }: HousekeepingParts, signal: AbortSignal): void {
  const now = wallClock.now()
  for (const guard of intake.guards) {
    const idle = now - (guard.lastOutcome() ?? Number.NEGATIVE_INFINITY) >= options.probeAfterMs
    if (!idle || guard.isTrying() || guard.isBusy()) continue
    guard.fetch([guard.source.probe], signal).catch((error: unknown) => onProblem('source', guard.source.id, error))
  }
}

/** Resolves when the work is done or the time is up, whichever comes first; late work goes on by itself. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, timeUp])
  clearTimeout(timer)
}
