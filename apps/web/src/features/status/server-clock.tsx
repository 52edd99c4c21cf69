import { ago, ahead } from '../../lib/ago.ts'
import { readableMinute } from '../../lib/ist.ts'
import { useNow } from '../../lib/use-now.ts'

/** The server's clock at an answer; ages are told by it, since this device's may be wrong. */
export interface ServerClock {
  /** Timestamp of the server in its answer. */
  readonly time: string
  /** Epoch milliseconds of that answer on this device's clock. */
  readonly answeredAt: number
}

interface TimeProps {
  /** Timestamp of the server. */
  readonly at: string
  readonly clock: ServerClock
}

/** How long ago something was, growing while it is shown; the time itself once that is a while. */
export function Ago({ at, clock }: TimeProps) {
  const ms = Math.max(0, useServerNow(clock) - Date.parse(at))
  return (
    <>
      {ago(ms)}
      {ms < 3_600_000 ? null : ` (${readableMinute(at)})`}
    </>
  )
}

/** When something comes. */
export function Ahead({ at, clock }: TimeProps) {
  return ahead(Date.parse(at) - useServerNow(clock))
}

/** Returns epoch milliseconds of the server's clock, renewed about every second. */
export function useServerNow({ time, answeredAt }: ServerClock): number {
  return Date.parse(time) + Math.max(0, useNow() - answeredAt)
}
