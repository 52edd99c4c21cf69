import type { InstrumentId } from '@banyan/domain'
import type { PricedQuote } from '../market/index.ts'

/** Who reads a stream: an account, or somebody without one, of whom the address is all we know. */
export type StreamOwner =
  | { readonly kind: 'visitor'; readonly address: string }
  | {
      readonly kind: 'account'
      readonly accountId: number
      /** Rejects when the credential that opened the stream is not good any more. */
      check(): Promise<unknown>
    }

/** One reader of a set of prices. However slow it is, what waits for it is at most one price per instrument. */
export interface QuoteReader {
  /** Returns what changed since the last call, all of it at the first; null where there is no price. */
  takeChanges(): ReadonlyMap<InstrumentId, PricedQuote | null>
  /** Has sources asked for what nobody pushes, and marks prices whose delay class changed with time. Never rejects because a source failed. */
  look(): Promise<void>
  /** Resolves to false when the reader has to go. A check that could not be made is no answer: it rejects. */
  isWelcome(): Promise<boolean>
  /** Calls back once when the server ends the stream. */
  onEnd(end: () => void): void
  /** Ends reading. Safe to call twice. */
  close(): void
}
