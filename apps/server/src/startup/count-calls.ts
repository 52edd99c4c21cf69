import type { UpstreamPort } from '@banyan/brokers/http'
import { type Clock, istDayNumber } from '@banyan/domain'

/** More keys than this were never used on one day; beyond it the oldest are forgotten. */
const keptAtMost = 10_000

/** Returns the port with a count of each key's calls since 00:00 IST, in this process. */
export function countCalls(port: UpstreamPort, clock: Clock): UpstreamPort & { callsToday(limitKey: string): number } {
  const counts = new Map<string, number>()
  let day = istDayNumber(clock.now())

  function countsOfToday(): Map<string, number> {
    const today = istDayNumber(clock.now())
    if (today !== day) counts.clear()
    day = today
    return counts
  }

  return {
    ...port,
    call(call) {
      const { limitKey } = call
      if (limitKey !== null) {
        const today = countsOfToday()
        today.set(limitKey, (today.get(limitKey) ?? 0) + 1)
        const oldest = today.keys().next()
        if (today.size > keptAtMost && !oldest.done) today.delete(oldest.value)
      }
      return port.call(call)
    },
    callsToday: (limitKey) => countsOfToday().get(limitKey) ?? 0,
  }
}
