import type { Instrument, QuotesReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useMarketQueries } from '../../app/market-queries.ts'
import { Change } from '../../components/change.tsx'
import { ProvenanceCard } from '../../components/provenance-card.tsx'
import { Tooltip } from '../../components/tooltip.tsx'
import { readableAge, readableInstant } from '../../lib/ist.ts'
import { formatRupees } from '../../lib/numbers.ts'
import { useAge } from '../../lib/use-age.ts'

/** Name and last price of one instrument, its source and age in the open. */
export function InstrumentHeader({ instrument }: { readonly instrument: string }) {
  const queries = useMarketQueries()
  const { data: entry } = useQuery(queries.instrument(instrument))
  const quote = useQuoteInStep(instrument)
  const symbol = instrument.slice(instrument.indexOf(':') + 1)
  useEffect(() => {
    document.title = `${symbol} · Banyan`
  }, [symbol])
  return (
    <header className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
      <div className="min-w-0">
        <h2 id="instrument" className="scroll-mt-4 text-lg font-semibold tracking-tight">
          {symbol}
        </h2>
        <p className="text-xs text-muted">{subtitle(instrument, symbol, entry)}</p>
      </div>
      <Price
        instrument={instrument}
        reply={quote.data}
        problem={quote.failureReason}
        answeredAt={quote.dataUpdatedAt}
      />
    </header>
  )
}

/**
 * Returns the quote, asked for again after each snapshot: an index stands on the screen twice, and two rhythms would show
 * it with two prices.
 */
function useQuoteInStep(instrument: string) {
  const queries = useMarketQueries()
  const { dataUpdatedAt: snapshotAt } = useQuery(queries.snapshot)
  const quote = useQuery(queries.quote(instrument))
  const { refetch, isError } = quote
  useEffect(() => {
    if (snapshotAt > 0 && !isError) void refetch({ cancelRefetch: false })
  }, [snapshotAt, isError, refetch])
  return quote
}

/** Index lists repeat the symbol as the name; once is enough. */
function subtitle(instrument: string, symbol: string, entry: Instrument | null | undefined): string {
  const name = entry?.name === symbol ? null : entry?.name
  return [name, instrument, entry?.sector].filter(Boolean).join(' · ')
}

function Age({ ageMs, answeredAt }: { readonly ageMs: number | null; readonly answeredAt: number }) {
  const age = readableAge(useAge(ageMs, answeredAt))
  return age === null ? 'age not known' : `${age} old`
}

interface PriceProps {
  readonly instrument: string
  readonly reply: QuotesReply | undefined
  readonly problem: Error | null
  readonly answeredAt: number
}

function Price({ instrument, reply, problem, answeredAt }: PriceProps) {
  const quote = reply?.quotes[instrument]
  if (reply?.missing.includes(instrument)) return <p className="text-sm text-muted">Not on any list</p>
  if (!quote && problem) return <p className="text-sm text-warn">No price: {problem.message}</p>
  if (!quote) return <div className="skeleton h-12 w-44" />
  if (quote.last_price === null) return <p className="text-sm text-muted">No source has a price</p>
  return (
    <Tooltip content={<ProvenanceCard title={instrument} price={quote} answeredAt={answeredAt} />}>
      <button type="button" data-price="" className="rounded-md text-left sm:text-right">
        <span className="flex flex-wrap items-baseline gap-x-2 sm:justify-end">
          <span className="text-xl font-semibold tracking-tight">{formatRupees(quote.last_price)}</span>
          <Change percent={quote.change_percent} points={quote.change} />
        </span>
        <span className="block text-xs text-muted">
          {quote.delay === 'close' ? 'Close' : 'Last'} · {quote.source} · {readableInstant(quote.as_of)} ·{' '}
          <Age ageMs={quote.age_ms} answeredAt={answeredAt} />
        </span>
      </button>
    </Tooltip>
  )
}
