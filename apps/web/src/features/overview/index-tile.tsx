import type { Snapshot } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useMarketQueries } from '../../app/market-queries.ts'
import { Change } from '../../components/change.tsx'
import { ProvenanceCard } from '../../components/provenance-card.tsx'
import { Tooltip } from '../../components/tooltip.tsx'
import { readableAge } from '../../lib/ist.ts'
import { formatRupees } from '../../lib/numbers.ts'
import { sparklinePath } from '../../lib/sparkline.ts'

type Index = Snapshot['indices']['nifty']

interface IndexTileProps {
  readonly title: string
  readonly index: Index
  readonly answeredAt: number
  readonly isOpen: boolean
  readonly date: string | null
  readonly chosen: boolean
  readonly onChoose: () => void
}

/** One index: value, change, recent closes; choosing it shows its candles. */
export function IndexTile({ title, index, answeredAt, isOpen, date, chosen, onChoose }: IndexTileProps) {
  return (
    <Tooltip content={<ProvenanceCard title={title} price={index} answeredAt={answeredAt} />}>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={onChoose}
        data-index={index.instrument}
        className="card ages grid w-full grid-cols-[1fr_auto] items-center gap-x-3 px-3.5 py-2.5 text-left hover:border-muted aria-pressed:border-ink sm:px-4 sm:py-3"
      >
        <span className="flex flex-col">
          <span className="flex items-baseline gap-2 text-xs font-semibold tracking-wide text-muted">
            {title}
            <OldPrice index={index} isOpen={isOpen} />
          </span>
          <span className="text-xl font-semibold tracking-tight sm:text-2xl">
            {index.last_price === null ? (
              <span className="text-lg text-muted">No price</span>
            ) : (
              formatRupees(index.last_price)
            )}
          </span>
          <span className="text-sm">
            {index.last_price === null ? null : <Change percent={index.change_percent} />}
            {index.prev_close === null ? null : (
              <span className="ml-2 text-xs text-muted">from {formatRupees(index.prev_close)}</span>
            )}
          </span>
        </span>
        {date === null ? null : <RecentCloses instrument={index.instrument} date={date} />}
      </button>
    </Tooltip>
  )
}

/** In an open market a price that is minutes old says so without being asked. */
function OldPrice({ index, isOpen }: { readonly index: Index; readonly isOpen: boolean }) {
  if (!isOpen || index.age_ms === null || index.age_ms < 60_000) return null
  return (
    <span className="rounded bg-raised px-1.5 text-2xs font-medium tracking-normal">
      {readableAge(index.age_ms)} old
    </span>
  )
}

/** The line is neutral: it covers months, and the day's colour on it would tell of another change. */
function RecentCloses({ instrument, date }: { readonly instrument: string; readonly date: string }) {
  const { recentCloses } = useMarketQueries()
  const { data: closes } = useQuery(recentCloses(instrument, date))
  if (!closes || closes.length < 2) return null
  return (
    <svg
      viewBox="0 0 112 44"
      className="h-11 w-24 sm:w-28 sm:max-[52rem]:hidden"
      role="img"
      aria-label={`Last ${closes.length} daily closes`}
    >
      <path
        d={sparklinePath(closes, 112, 44)}
        fill="none"
        strokeWidth="1.5"
        strokeLinejoin="round"
        className="stroke-muted"
      />
    </svg>
  )
}
