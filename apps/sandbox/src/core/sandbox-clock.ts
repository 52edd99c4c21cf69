import type { Clock, EpochMs } from '@banyan/domain'
import type { SandboxClock } from './upstream.ts'

/** Returns a clock that stands at `start` and runs as `wall` does. */
export function createSandboxClock(wall: Clock, start: EpochMs): SandboxClock {
  const wallStart = wall.now()
  /** Sandbox time minus wall time, while it runs. */
  let offsetMs = start - wallStart
  let frozenAt: EpochMs | null = null
  let advancedMs = 0
  let lastElapsedMs = 0

  const now = () => frozenAt ?? wall.now() + offsetMs
  const set = (to: EpochMs) => {
    if (frozenAt === null) offsetMs = to - wall.now()
    else frozenAt = to
  }
  return {
    now,
    set,
    elapsedMs() {
      // The wall clock of a machine may be set back.
      lastElapsedMs = Math.max(lastElapsedMs, wall.now() - wallStart + advancedMs)
      return lastElapsedMs
    },
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError('the clock is advanced by 0 ms or more; use set to go back')
      advancedMs += ms
      set(now() + ms)
    },
    freeze() {
      frozenAt = now()
    },
    resume() {
      if (frozenAt === null) return
      offsetMs = frozenAt - wall.now()
      frozenAt = null
    },
    isFrozen: () => frozenAt !== null,
  }
}
