import type { Clock } from '@banyan/domain'
import type { TickListener, ZerodhaTicker } from '../ticker.ts'
import { decodeFrame } from '../ticker-packets.ts'

/** A ticker without sockets: pushes the frames it is given, while the caller waits. */
export function createTickStream(clock: Clock, places = 9_000) {
  const listeners = new Set<{ readonly listener: TickListener }>()
  const followed: number[][] = []
  return {
    followed,
    follow(tokens: readonly number[]) {
      followed.push([...tokens])
      return tokens.slice(places)
    },
    listen(listener: TickListener) {
      const box = { listener }
      listeners.add(box)
      return () => listeners.delete(box)
    },
    push(frame: Buffer) {
      const ticks = decodeFrame(frame)
      for (const { listener } of listeners) {
        if (ticks.length > 0) listener.onTicks(ticks, clock.now())
        else listener.onHeartbeat(clock.now())
      }
    },
    goDown(reason: string) {
      for (const { listener } of listeners) listener.onDown(reason)
    },
  } satisfies Pick<ZerodhaTicker, 'follow' | 'listen'> & Record<string, unknown>
}
