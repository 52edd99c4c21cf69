import type { MarketClock, Quote } from '@banyan/domain'
import type { QuoteBook } from './quote-book.ts'
import { toTrustedQuote } from './quote-check.ts'

/** A shelf the instances of one server share: text under a key, lost without harm. Implemented over the cache. */
export interface SharedShelf {
  /** Returns what lies under the key, or null. Rejects when the shelf is out of reach. */
  get(key: string): Promise<string | null>
  set(key: string, text: string, ttlMs: number): Promise<void>
}

export interface SharedQuotesParts {
  readonly shelf: SharedShelf | null
  readonly book: QuoteBook
  readonly marketClock: MarketClock
  /** Ids of this server's sources; quotes of others are left alone. */
  readonly sources: readonly string[]
  isKnown(instrument: Quote['instrument']): boolean
}

/** Last known prices outlive a restart and reach a new instance before its first answer from a source. */
export interface SharedQuotes {
  /** Puts the shared quotes into the book. */
  restore(): Promise<void>
  /** Writes the book to the shelf when it changed since the last write. */
  save(): Promise<void>
}

/** A long weekend with a holiday beside it. */
const keptForMs = 5 * 86_400_000

export function createSharedQuotes(parts: SharedQuotesParts): SharedQuotes {
  const { shelf, book, marketClock } = parts
  const key = `market:quotes:${marketClock.mode}:${marketClock.recordedDate ?? 'now'}`
  let savedVersion = 0
  return {
    async restore() {
      const text = await shelf?.get(key)
      if (text) book.put(parseQuotes(text, parts), 'shared')
      savedVersion = book.version()
    },
    async save() {
      const version = book.version()
      if (shelf === null || version === savedVersion) return
      savedVersion = version
      await shelf.set(key, JSON.stringify(book.list(marketClock.now()).map((entry) => entry.quote)), keptForMs)
    },
  }
}

function parseQuotes(text: string, { marketClock, sources, isKnown }: SharedQuotesParts): readonly Quote[] {
  const list: unknown = JSON.parse(text)
  if (!Array.isArray(list)) throw new TypeError('the shared quotes are not a list')
  const now = marketClock.now()
  return list.flatMap((quote: Quote) => {
    const source = sources.find((id) => id === quote?.source)
    return source === undefined ? [] : (toTrustedQuote(quote, { source, now, isKnown }) ?? [])
  })
}
