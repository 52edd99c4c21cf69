import { BanyanError, type DelayClass, type InstrumentId } from '@banyan/domain'
import type { MarketModule, PricedQuote } from '../market/index.ts'
import type { QuoteReader, StreamOwner } from './stream-owner.ts'

/** A reader as the streams see it. */
export interface OpenReader extends QuoteReader {
  readonly owner: string
  /** Notes that an instrument's price changed. */
  note(instrument: InstrumentId): void
  /** Ends it from the server's side. */
  end(): void
}

export interface ConflatedReaderParts {
  readonly instruments: readonly InstrumentId[]
  readonly name: string
  readonly owner: StreamOwner
  readonly market: Pick<MarketModule, 'peek' | 'quotes'>
  onClose(): void
}

/** Returns a reader that remembers which prices changed, not how often: the price itself is looked up when it is taken. */
export function createConflatedReader(parts: ConflatedReaderParts): OpenReader {
  const { instruments, name, owner, market } = parts
  const wanted = new Set(instruments)
  const changed = new Set(instruments)
  const told = new Map<InstrumentId, DelayClass | null>()
  let end: (() => void) | null = null

  return {
    owner: name,
    note(instrument) {
      if (wanted.has(instrument)) changed.add(instrument)
    },
    takeChanges() {
      const quotes = new Map<InstrumentId, PricedQuote | null>()
      for (const instrument of changed) {
        const quote = market.peek(instrument)
        quotes.set(instrument, quote)
        told.set(instrument, quote?.delay ?? null)
      }
      changed.clear()
      return quotes
    },
    async look() {
      const quotes = await market.quotes(instruments)
      for (const instrument of instruments)
        if ((quotes.get(instrument)?.delay ?? null) !== (told.get(instrument) ?? null)) changed.add(instrument)
    },
    isWelcome: () => (owner.kind === 'visitor' ? Promise.resolve(true) : isGood(owner.check())),
    onEnd(ending) {
      end = ending
    },
    end() {
      parts.onClose()
      end?.()
    },
    close: parts.onClose,
  }
}

async function isGood(check: Promise<unknown>): Promise<boolean> {
  try {
    await check
    return true
  } catch (error) {
    if (error instanceof BanyanError && error.code !== 'unavailable') return false
    throw error
  }
}
