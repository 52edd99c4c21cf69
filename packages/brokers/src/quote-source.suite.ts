import type { Clock, EpochMs, InstrumentId, Quote } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import type { QuoteListener, QuoteSource } from './quote-source.ts'

/** A source made ready for the suite: it has a price for every instrument of `known` and for none of `unknown`. */
export interface QuoteSourceHarness {
  readonly source: QuoteSource
  readonly clock: Clock
  readonly known: readonly InstrumentId[]
  readonly unknown: InstrumentId
  /** Makes time pass until the source has pushed something new. Not called for `poll` sources. */
  letPricesChange(): void
}

/** Describes what every quote source must do. `create` returns a fresh harness for each test. */
export function describeQuoteSource(name: string, create: () => QuoteSourceHarness): void {
  const never = () => new AbortController().signal

  describe(`${name} as a quote source`, () => {
    it('has an id in lower case and knows its probe', async () => {
      const { source } = create()
      expect(source.id).toMatch(/^[a-z][a-z0-9-]*$/)
      expect([...(await source.fetchQuotes([source.probe], never())).keys()]).toEqual([source.probe])
    })

    it('answers every known instrument with a sane quote and leaves unknown ones out', async () => {
      const { source, known, unknown, clock } = create()
      const quotes = await source.fetchQuotes([...known, unknown], never())
      expect([...quotes.keys()].sort()).toEqual([...known].sort())
      for (const [id, quote] of quotes) {
        expect(quote.instrument).toBe(id)
        expectSane(quote, source.id, clock.now())
      }
    })

    it('answers an empty question with nothing', async () => {
      const { source } = create()
      expect((await source.fetchQuotes([], never())).size).toBe(0)
    })

    it('merges an instrument asked twice', async () => {
      const { source, known } = create()
      const [id] = known
      if (id === undefined) throw new Error('the harness knows no instrument')
      expect((await source.fetchQuotes([id, id], never())).size).toBe(1)
    })

    it('refuses to begin when the signal is already aborted, with its reason', async () => {
      const { source, known } = create()
      const reason = new Error('nobody waits any more')
      await expect(source.fetchQuotes(known, AbortSignal.abort(reason))).rejects.toBe(reason)
    })

    it('can be subscribed exactly when it streams', () => {
      const { source } = create()
      expect(typeof source.subscribe === 'function').toBe(source.delivery === 'stream')
    })

    it('pushes batches that are not empty, hold each instrument once, and are sane', () => {
      const harness = create()
      const heard = listen(harness)
      if (harness.source.delivery === 'stream') expect(heard.batches.length).toBeGreaterThan(0)
      for (const { quotes, at } of heard.batches) {
        expect(quotes.length).toBeGreaterThan(0)
        expect(new Set(quotes.map((quote) => quote.instrument)).size).toBe(quotes.length)
        for (const quote of quotes) expectSane(quote, harness.source.id, at)
      }
    })

    it('calls nobody after close, which may be called twice', () => {
      const harness = create()
      const heard = listen(harness)
      heard.close()
      heard.close()
      const before = heard.calls()
      if (harness.source.delivery === 'stream') harness.letPricesChange()
      expect(heard.calls()).toBe(before)
    })

    it('serves several subscribers, each on its own', () => {
      const harness = create()
      const [first, second] = [listen(harness), listen(harness)]
      first.close()
      const [before, calls] = [second.batches.length, first.calls()]
      if (harness.source.delivery === 'stream') harness.letPricesChange()
      expect(first.calls()).toBe(calls)
      if (harness.source.delivery === 'stream') expect(second.batches.length).toBeGreaterThan(before)
    })
  })
}

/** Subscribes, lets prices change, and returns what was heard. A `poll` source is never heard. */
function listen({ source, clock, letPricesChange }: QuoteSourceHarness) {
  const batches: { quotes: readonly Quote[]; at: EpochMs }[] = []
  let calls = 0
  const listener: QuoteListener = {
    onQuotes(quotes) {
      calls += 1
      batches.push({ quotes, at: clock.now() })
    },
    onHeartbeat() {
      calls += 1
    },
    onDown() {
      calls += 1
    },
  }
  const subscription = source.subscribe?.(listener)
  if (subscription) letPricesChange()
  return { batches, calls: () => calls, close: () => subscription?.close() }
}

/** Prices finite and above zero; times whole, the exchange's not after now, the receipt not before it. */
function expectSane(quote: Quote, source: string, now: EpochMs): void {
  expect(quote.source).toBe(source)
  expect(Number.isFinite(quote.lastPrice) && quote.lastPrice > 0).toBe(true)
  expect(quote.prevClose === null || (Number.isFinite(quote.prevClose) && quote.prevClose > 0)).toBe(true)
  expect(quote.volume === null || (Number.isFinite(quote.volume) && quote.volume >= 0)).toBe(true)
  expect(Number.isInteger(quote.asOf) && quote.asOf <= now).toBe(true)
  expect(Number.isInteger(quote.receivedAt) && quote.receivedAt >= quote.asOf && quote.receivedAt <= now).toBe(true)
}
