import type { PatternsReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMarketQueries } from '../../app/market-queries.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { Waiting } from '../../components/waiting.tsx'
import { readableInstant } from '../../lib/ist.ts'
import { parseSignalsSearch, type SignalsSearch } from '../../lib/signals-search.ts'
import { type CatalogueRow, catalogueRows } from './catalogue-rows.ts'
import { CatalogueTable } from './catalogue-table.tsx'

const sorts = [
  { value: 'lift', label: 'Edge', name: 'Farthest above the usual first' },
  { value: 'rate', label: 'Rate', name: 'Highest rate first' },
  { value: 'cases', label: 'Cases', name: 'Most cases first' },
  { value: 'name', label: 'Name', name: 'By name' },
] as const

const held = [
  { value: '1', label: '1', name: 'After 1 candle' },
  { value: '5', label: '5', name: 'After 5 candles' },
  { value: '10', label: '10', name: 'After 10 candles' },
  { value: '20', label: '20', name: 'After 20 candles' },
] as const

const candleNames = {
  '15m': 'candles of 15 minutes',
  '1h': 'hourly candles',
  '1d': 'daily candles',
  '1w': 'weekly candles',
} as const

/** What each pattern has been worth: its rate with the interval, against the usual rate of the same instruments. */
export function CatalogueCard({ search }: { readonly search: SignalsSearch }) {
  const { catalogue } = useMarketQueries()
  const query = useQuery(catalogue)
  const navigate = useNavigate({ from: '/signals' })
  const set = (part: Record<string, string>) =>
    void navigate({ search: (before) => parseSignalsSearch({ ...before, ...part }), resetScroll: false })
  return (
    <Section id="catalogue" title={`What patterns have been worth on ${candleNames[search.timeframe ?? '1d']}`}>
      <div className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        <span className="flex items-center gap-2">
          Order{' '}
          <Choice label="Order" options={sorts} value={search.sort ?? 'lift'} onChange={(sort) => set({ sort })} />
        </span>
        <span className="flex items-center gap-2">
          Candles held{' '}
          <Choice label="Candles held" options={held} value={search.bars ?? '5'} onChange={(bars) => set({ bars })} />
        </span>
      </div>
      {query.data ? (
        <Records reply={query.data} search={search} />
      ) : (
        <Waiting
          label="Records are loading"
          rows={12}
          failure="No records"
          problem={query.error ?? query.failureReason}
        />
      )}
    </Section>
  )
}

function Records({ reply, search }: { readonly reply: PatternsReply; readonly search: SignalsSearch }) {
  const { patterns, measured, measuring } = reply
  const rows = catalogueRows(patterns, search)
  return (
    <>
      {measuring === null ? null : (
        <p role="status" className="mb-2 text-xs text-muted">
          Measuring: {measuring.done} of {measuring.total} instruments.
        </p>
      )}
      {measured === null ? (
        <Notice kind="empty" title="Nothing is measured yet">
          The first measurement runs a minute or two after the start. This page fills by itself.
        </Notice>
      ) : rows.length === 0 ? (
        <Notice kind="empty" title="No record fits the filter">
          Ask for another pattern, direction, timeframe or verdict.
        </Notice>
      ) : (
        <Rows rows={rows} />
      )}
      {measured === null ? null : (
        <p className="mt-2 text-xs text-muted">
          {measured.instruments} instruments, {measured.candles.toLocaleString('en-IN')} candles to{' '}
          {readableInstant(measured.as_of)}; nothing later was used. Rates are shrunk to the usual by{' '}
          {measured.prior_weight} cases; the line is a 90% interval, the tick the usual rate. Returns are after{' '}
          {measured.cost_percent} % cost.
        </p>
      )}
    </>
  )
}

const atFirst = 25

function Rows({ rows }: { readonly rows: readonly CatalogueRow[] }) {
  const [all, setAll] = useState(false)
  return (
    <>
      <CatalogueTable rows={all ? rows : rows.slice(0, atFirst)} />
      {rows.length <= atFirst ? null : (
        <div className="mt-3 text-center">
          <Button aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${rows.length}`}
          </Button>
        </div>
      )}
    </>
  )
}
