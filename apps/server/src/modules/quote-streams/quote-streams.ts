import { randomBytes } from 'node:crypto'
import { BanyanError, type Clock, type EpochMs, type InstrumentId } from '@banyan/domain'
import type { MarketModule } from '../market/index.ts'
import { createConflatedReader, type OpenReader } from './conflated-reader.ts'
import type { QuoteReader, StreamOwner } from './stream-owner.ts'

/** Prices pushed to readers: what a reader wants is said first and gives an id, which opens the stream once. */
export interface QuoteStreams {
  /** Takes note of what somebody wants to read. Throws `rate_limited` when they read or are about to read as much as they may. */
  offer(instruments: readonly InstrumentId[], owner: StreamOwner): { readonly id: string; readonly expiresInS: number }
  /** Opens the stream of an offer, once and by the same owner. Throws `not_found` for any other id. */
  take(id: string, owner: StreamOwner): QuoteReader
  /** How many streams are open. */
  count(): number
  /** Ends every stream. Safe to call twice. */
  close(): void
}

interface QuoteStreamsParts {
  readonly market: Pick<MarketModule, 'onQuotes' | 'peek' | 'quotes'>
  readonly clock: Clock
}

/** What one reader may ask for, and how much one owner may have open. */
export const streamLimits = {
  instruments: { visitor: 50, account: 500 },
  streams: { visitor: 4, account: 20 },
  offerMs: 30_000,
} as const

interface Offer {
  readonly instruments: readonly InstrumentId[]
  readonly owner: string
  readonly until: EpochMs
}

export function createQuoteStreams({ market, clock }: QuoteStreamsParts): QuoteStreams {
  const offers = new Map<string, Offer>()
  const readers = new Set<OpenReader>()
  const stopListening = market.onQuotes((quotes) => {
    for (const reader of readers) for (const { instrument } of quotes) reader.note(instrument)
  })

  function forgetOld(): void {
    for (const [id, { until }] of offers) if (until <= clock.now()) offers.delete(id)
  }

  function countOf(owner: string): number {
    const open = [...readers, ...offers.values()]
    return open.filter((one) => one.owner === owner).length
  }

  return {
    offer(instruments, owner) {
      forgetOld()
      if (countOf(nameOf(owner)) >= streamLimits.streams[owner.kind]) throw tooMany(owner)
      const id = randomBytes(16).toString('base64url')
      offers.set(id, { instruments, owner: nameOf(owner), until: clock.now() + streamLimits.offerMs })
      return { id, expiresInS: streamLimits.offerMs / 1_000 }
    },
    take(id, owner) {
      forgetOld()
      const offer = offers.get(id)
      if (offer?.owner !== nameOf(owner)) throw new BanyanError('not_found')
      offers.delete(id)
      const reader = createConflatedReader({
        instruments: offer.instruments,
        name: offer.owner,
        owner,
        market,
        onClose: () => readers.delete(reader),
      })
      readers.add(reader)
      return reader
    },
    count: () => readers.size,
    close() {
      stopListening()
      for (const reader of readers) reader.end()
    },
  }
}

function nameOf(owner: StreamOwner): string {
  return owner.kind === 'visitor' ? `visitor ${owner.address}` : `account ${owner.accountId}`
}

function tooMany({ kind }: StreamOwner): BanyanError {
  const message = `${streamLimits.streams[kind]} streams are open or about to be. Close one first.`
  return new BanyanError('rate_limited', { message, retryAfterS: streamLimits.offerMs / 1_000 })
}
