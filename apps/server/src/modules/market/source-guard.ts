import { createRollingBreaker, type QuoteSource } from '@banyan/brokers'
import type { Clock, EpochMs, InstrumentId, Quote } from '@banyan/domain'
import {
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  circuitBreaker,
  handleAll,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel'
import { type QuoteCheck, toTrustedQuote } from './quote-check.ts'

export interface ProviderHealth {
  readonly name: string
  readonly state: 'up' | 'degraded' | 'down' | 'disabled'
  /** Wall-clock instant of the last good answer or sign of life; null when there was none yet. */
  readonly lastSuccess: EpochMs | null
  readonly circuit: 'closed' | 'open' | 'half_open'
  /** Wall-clock instant from which the source is asked again; null unless the circuit is open. */
  readonly nextTry: EpochMs | null
  /** What the source itself says is wrong, for people; null when it says nothing. */
  readonly problem: string | null
}

/** One source behind a deadline, a circuit breaker and a bulkhead, its answers checked. */
export interface SourceGuard {
  readonly source: QuoteSource
  /** Returns the believable quotes among those asked for. Rejects when the source fails, is too slow, or is not asked at all. */
  fetch(instruments: readonly InstrumentId[], signal: AbortSignal): Promise<readonly Quote[]>
  /** True while one call tries whether the source is back; others go to the next source and do not wait for it. */
  isTrying(): boolean
  /** True while a call is under way. */
  isBusy(): boolean
  /** Returns the believable quotes of a pushed batch. */
  check(quotes: readonly Quote[]): readonly Quote[]
  /** Notes a sign of life of a stream. */
  noteLife(): void
  /** Wall-clock instant of the last call's end or sign of life; null when there was none yet. */
  lastOutcome(): EpochMs | null
  health(isPushing: boolean): ProviderHealth
  /** Returns how many quotes were refused since start because they could not be true. */
  rejectedQuotes(): number
}

export interface SourceGuardParts {
  readonly source: QuoteSource
  readonly marketClock: Clock
  readonly wallClock: Clock
  readonly timeoutMs: number
  isKnown: QuoteCheck['isKnown']
}

/** quality-bar.md U3: 10 calls and half of them failed within 10 s open the circuit for 30 s; 10 calls at once, 20 waiting. */
const limits = { windowMs: 10_000, minimumCalls: 10, threshold: 0.5, openMs: 30_000, atOnce: 10, waiting: 20 }

export function createSourceGuard({
  source,
  marketClock,
  wallClock,
  timeoutMs,
  isKnown,
}: SourceGuardParts): SourceGuard {
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: limits.openMs,
    breaker: createRollingBreaker(wallClock, limits),
  })
  // The bulkhead is outside, so that being refused a place is no failure of the source; the deadline is inside, so that it is one.
  // Aggressive: a source that ignores its signal must not hold the caller.
  const policy = wrap(bulkhead(limits.atOnce, limits.waiting), breaker, timeout(timeoutMs, TimeoutStrategy.Aggressive))
  let openUntil: EpochMs | null = null
  breaker.onBreak(() => {
    openUntil = wallClock.now() + limits.openMs
  })
  let lastSuccess: EpochMs | null = null
  let lastFailure: EpochMs | null = null
  let rejectedQuotes = 0
  let underWay = 0

  const check = (quotes: readonly Quote[]): readonly Quote[] => {
    const rules = { source: source.id, now: marketClock.now(), isKnown }
    const trusted = quotes.flatMap((quote) => toTrustedQuote(quote, rules) ?? [])
    rejectedQuotes += quotes.length - trusted.length
    return trusted
  }

  const ask = async (instruments: readonly InstrumentId[], signal: AbortSignal): Promise<readonly Quote[]> => {
    const answer = await source.fetchQuotes(instruments, signal)
    const given = instruments.flatMap((instrument) => {
      const quote = answer.get(instrument)
      return quote?.instrument === instrument ? [quote] : []
    })
    const trusted = check(given)
    if (answer.size > 0 && trusted.length === 0)
      throw new Error(`${source.id} answered with nothing that can be a price`)
    return trusted
  }

  return {
    source,
    async fetch(instruments, signal) {
      underWay += 1
      try {
        const quotes = await policy.execute((context) => ask(instruments, context.signal), signal)
        lastSuccess = wallClock.now()
        return quotes
      } catch (error) {
        if (!(error instanceof BulkheadRejectedError)) lastFailure = wallClock.now()
        throw error
      } finally {
        underWay -= 1
      }
    },
    isBusy: () => underWay > 0,
    rejectedQuotes: () => rejectedQuotes,
    isTrying: () => breaker.state === CircuitState.HalfOpen,
    check,
    noteLife() {
      lastSuccess = wallClock.now()
    },
    lastOutcome: () => latest(lastSuccess, lastFailure),
    health(isPushing) {
      const circuit = circuitWord(breaker.state)
      const failing = lastFailure !== null && latest(lastSuccess, lastFailure) !== lastSuccess
      const state = stateWord({ circuit, failing, isPushing, everGood: lastSuccess !== null })
      const nextTry = circuit === 'open' ? openUntil : null
      return { name: source.id, state, lastSuccess, circuit, nextTry, problem: source.problem?.() ?? null }
    },
  }
}

function latest(a: EpochMs | null, b: EpochMs | null): EpochMs | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}

function circuitWord(state: CircuitState): ProviderHealth['circuit'] {
  if (state === CircuitState.Closed) return 'closed'
  return state === CircuitState.HalfOpen ? 'half_open' : 'open'
}

function stateWord(facts: {
  circuit: ProviderHealth['circuit']
  failing: boolean
  isPushing: boolean
  everGood: boolean
}): ProviderHealth['state'] {
  if (facts.circuit === 'open' || (facts.failing && !facts.everGood)) return 'down'
  return facts.circuit === 'half_open' || facts.failing || !facts.isPushing ? 'degraded' : 'up'
}
