import type { InstrumentId, Quote } from '@banyan/domain'
import type { SourceGuard } from './source-guard.ts'

export interface QuoteChainParts {
  /** In order of preference. */
  readonly guards: readonly SourceGuard[]
  /** Takes what a source answered. */
  onAnswer(quotes: readonly Quote[]): void
  /** Told which instruments a working source was asked for, whether it had a price or not. */
  onSettled(instruments: readonly InstrumentId[]): void
  /** Told of each failed call; the chain goes on with the next source. */
  onFailure(source: string, error: unknown): void
}

export interface QuoteChain {
  /**
   * Asks the sources in order, each only for what those before it did not answer; resolves when all have had their turn. One call
   * per instrument is under way at a time; who asks meanwhile waits for it. Never rejects.
   */
  refresh(instruments: readonly InstrumentId[], signal: AbortSignal): Promise<void>
}

export function createQuoteChain(parts: QuoteChainParts): QuoteChain {
  const underWay = new Map<InstrumentId, Promise<void>>()

  const run = async (instruments: readonly InstrumentId[], signal: AbortSignal): Promise<void> => {
    let open = instruments
    for (const guard of parts.guards) {
      if (open.length === 0 || signal.aborted) return
      if (guard.isTrying()) continue
      const quotes = await answerOf(guard, open, signal, parts.onFailure)
      if (quotes === null) continue
      parts.onAnswer(quotes)
      parts.onSettled(open)
      const answered = new Set(quotes.map((quote) => quote.instrument))
      open = open.filter((instrument) => !answered.has(instrument))
    }
  }

  return {
    async refresh(instruments, signal) {
      const fresh = [...new Set(instruments)].filter((instrument) => !underWay.has(instrument))
      const waitFor = new Set(instruments.flatMap((instrument) => underWay.get(instrument) ?? []))
      if (fresh.length > 0) {
        const call = run(fresh, signal).finally(() => {
          for (const instrument of fresh) underWay.delete(instrument)
        })
        for (const instrument of fresh) underWay.set(instrument, call)
        waitFor.add(call)
      }
      await Promise.all(waitFor)
    },
  }
}

async function answerOf(
  guard: SourceGuard,
  instruments: readonly InstrumentId[],
  signal: AbortSignal,
  onFailure: QuoteChainParts['onFailure'],
): Promise<readonly Quote[] | null> {
  try {
    return await guard.fetch(instruments, signal)
  } catch (error) {
    onFailure(guard.source.id, error)
    return null
  }
}
