import type { CodeMaster, IciciBroker } from '@banyan/brokers/icici'
import { type Clock, dayMs, type EpochMs, istDayNumber, midnightOfDayNumber } from '@banyan/domain'

/** The list is made anew about this time of day (upstreams.md §3.6). */
const listMadeMs = 8 * 3_600_000

/**
 * Returns the broker so that the day's list of codes is there when somebody signs in: before the first, nobody asks for it, so a server without
 * ICICI users never does. A list that cannot be loaded leaves yesterday's in place, or codes as they are, and fails no sign-in.
 */
export function withCodes(
  broker: IciciBroker,
  parts: {
    readonly codes: Pick<CodeMaster, 'load' | 'loadedAt'>
    readonly clock: Clock
    /** Hears why the list could not be loaded. For the log. */
    onProblem(error: unknown): void
  },
): IciciBroker {
  const { codes, clock } = parts
  return {
    ...broker,
    async open(credentials, signal) {
      const loadedAt = codes.loadedAt()
      if (loadedAt === null || loadedAt < listMadeAt(clock.now()))
        await codes.load(signal).catch((error: unknown) => {
          signal.throwIfAborted()
          parts.onProblem(error)
        })
      return broker.open(credentials, signal)
    },
  }
}

function listMadeAt(now: EpochMs): EpochMs {
  const today = midnightOfDayNumber(istDayNumber(now)) + listMadeMs
  return today <= now ? today : today - dayMs
}
