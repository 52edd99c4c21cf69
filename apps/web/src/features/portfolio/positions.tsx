import type { PositionsReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../../app/loaded.tsx'
import { Choice } from '../../components/choice.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { SortHead } from '../../components/sort-head.tsx'
import { readableMinute } from '../../lib/ist.ts'
import type { PositionSort } from '../../lib/portfolio-search.ts'
import { moveBetweenRows } from '../../lib/row-keys.ts'
import { useAnsweredBook } from './live.tsx'
import { usePortfolioQueries, usePortfolioSearch } from './portfolio-queries.ts'
import { findFollowed, positionNow, sortPositions } from './position-now.ts'
import { PositionRow } from './position-row.tsx'

const types = [
  { value: 'net', label: 'Net', name: 'Net: what is held now' },
  { value: 'day', label: 'Day', name: 'Day: what was bought and sold today alone' },
] as const

/** Open positions of the last sync, at the prices of the book above. */
export function Positions() {
  const [{ pos = 'net' }, change] = usePortfolioSearch()
  const { positions } = usePortfolioQueries()
  const query = useQuery(positions(pos))
  return (
    <Section
      id="positions"
      title="Positions"
      aside={
        <Choice
          label="Positions"
          options={types}
          value={pos}
          onChange={(value) => change({ pos: value === 'day' ? 'day' : undefined })}
        />
      }
    >
      <Loaded query={query} label="Positions are loading" rows={3}>
        {(reply) => <PositionsOf reply={reply} type={pos} answeredAt={query.dataUpdatedAt} />}
      </Loaded>
    </Section>
  )
}

interface PositionsOfProps {
  readonly reply: PositionsReply
  readonly type: 'net' | 'day'
  readonly answeredAt: number
}

function PositionsOf({ reply: { positions, synced_at }, type, answeredAt }: PositionsOfProps) {
  const [{ psort, pasc }] = usePortfolioSearch()
  const { groups } = useAnsweredBook()
  if (positions.length === 0)
    return (
      <Notice kind="empty" title={type === 'net' ? 'No open position' : 'Nothing traded and still open that day'}>
        {synced_at === null ? 'Nothing was synced yet.' : `As of the sync of ${readableMinute(synced_at)}.`}
      </Notice>
    )
  const rowsByKey = new Map(groups.map(({ key, rows }) => [key, rows]))
  const placed = positions.map((position) => {
    const followed = findFollowed(position, groups)
    const row = followed === null ? undefined : rowsByKey.get(followed.of)?.[followed.at]
    return { position, followed, now: positionNow(position, row ?? null) }
  })
  return (
    <>
      <table className="w-full table-fixed text-sm" onKeyDown={moveBetweenRows}>
        <Head />
        <tbody>
          {sortPositions(placed, psort, pasc === '1').map(({ position, followed }) => (
            <PositionRow
              key={[position.broker, position.broker_account, position.instrument, position.product].join(' ')}
              position={position}
              followed={followed}
              answeredAt={answeredAt}
            />
          ))}
        </tbody>
      </table>
      {synced_at === null ? null : (
        <p className="mt-2 text-xs text-muted">
          Quantities and what was realised are of the last sync, {readableMinute(synced_at)}; the rest follows prices.
        </p>
      )}
    </>
  )
}

const columns: readonly { readonly by: PositionSort; readonly label: string; readonly className?: string }[] = [
  { by: 'name', label: 'Instrument' },
  { by: 'quantity', label: 'Quantity', className: 'w-16 sm:w-24' },
  { by: 'average', label: 'Average', className: 'w-28 max-lg:hidden' },
  { by: 'price', label: 'Price', className: 'w-28 max-sm:hidden' },
  { by: 'realised', label: 'Realised', className: 'w-32 max-lg:hidden' },
  { by: 'day', label: 'Of the day', className: 'w-32 max-md:hidden' },
  { by: 'pnl', label: 'P&L', className: 'w-28 sm:w-36' },
]

function Head() {
  const [{ psort, pasc }, change] = usePortfolioSearch()
  const isAscending = pasc === '1'
  return (
    <thead className="text-xs text-muted">
      <tr className="border-b border-line">
        {columns.map(({ by, label, className = '' }) => {
          const next = psort === by ? !isAscending : by === 'name'
          return (
            <SortHead
              key={by}
              label={label}
              left={by === 'name'}
              className={className}
              order={psort !== by ? 'none' : isAscending ? 'ascending' : 'descending'}
              onSort={() => change({ psort: by, pasc: next ? '1' : undefined })}
            />
          )
        })}
      </tr>
    </thead>
  )
}
