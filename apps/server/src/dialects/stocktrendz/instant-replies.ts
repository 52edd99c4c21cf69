import type { EpochMs } from '@banyan/domain'
import { flattened } from '../api/ascii-json.ts'
import { dropOldest } from '../api/remembered.ts'

/** A rendered reply, to be written as `latin1`, with its own headers, flat. */
export interface InstantReply {
  readonly body: string
  readonly own: readonly string[]
}

/** Different questions asked within one millisecond. */
const keptAtMost = 64

/**
 * Keeps replies for the millisecond they are exact in. Ages are whole milliseconds of the market clock, so within one the same question has
 * the same answer to the byte; the next millisecond is rendered anew.
 */
export function createInstantReplies() {
  const kept = new Map<string, InstantReply>()
  let keptAt: EpochMs | null = null
  return {
    get(question: string, now: EpochMs): InstantReply | null {
      return keptAt === now ? (kept.get(question) ?? null) : null
    },
    /** A price has changed. */
    clear(): void {
      kept.clear()
    },
    put(question: string, now: EpochMs, json: string): InstantReply {
      if (keptAt !== now) kept.clear()
      keptAt = now
      const content = ['content-type', 'application/json; charset=utf-8', 'content-length', String(json.length)]
      const reply = { body: flattened(json), own: ['cache-control', 'public, max-age=1', ...content] }
      kept.set(question, reply)
      if (kept.size > keptAtMost) dropOldest(kept)
      return reply
    },
  }
}
