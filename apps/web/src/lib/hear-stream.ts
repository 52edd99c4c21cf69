import type { StreamEvent } from '@banyan/client'
import { isWorthRetrying, retryDelayMs } from './retry.ts'

interface Hearing {
  /** Opens the stream anew. */
  readonly open: () => AsyncIterable<StreamEvent>
  readonly onEvent: (event: StreamEvent) => void
  /** Told each time the stream breaks off; `isOver` when another try cannot help and none follows. */
  readonly onBreak?: (problem: Error, isOver: boolean) => void
}

/** Hears a stream until `signal` is aborted, and opens the next one when it breaks off, as long as that can help. */
export async function hearStream({ open, onEvent, onBreak }: Hearing, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      for await (const event of open()) {
        failures = 0
        onEvent(event)
      }
      return
    } catch (error) {
      if (!(error instanceof Error)) return
      const isOver = !isWorthRetrying(error)
      onBreak?.(error, isOver)
      if (isOver) return
      await pause(retryDelayMs(failures, error), signal)
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
