import { Amount, Gain } from '../../components/amount.tsx'
import { LiveFigure } from '../../components/live-figure.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { SortHead } from '../../components/sort-head.tsx'
import type { HoldingSort } from '../../lib/portfolio-search.ts'
import { moveBetweenRows } from '../../lib/row-keys.ts'
import { sortGroups, splitGroups } from './book-tables.ts'
import { factsOf, GroupRows } from './group-rows.tsx'
import { holdingColumns, nameCell } from './holding-columns.ts'
import { OfBook, useAnsweredBook } from './live.tsx'
import type { LiveGroup } from './live-row.ts'
import { usePortfolioSearch } from './portfolio-queries.ts'

/** One line for each instrument over all brokers; each opens into its parts. Lines keep their order until the server answers anew. */
export function Holdings() {
  const [{ sort = 'value', asc }] = usePortfolioSearch()
  const book = useAnsweredBook()
  const { owned, traded } = splitGroups(sortGroups(book.groups, sort, asc === '1'))
  if (owned.length + traded.length === 0)
    return (
      <Section id="holdings" title="Holdings">
        <Notice kind="empty" title="The brokers hold nothing for you">
          The last sync went well and brought neither a holding nor a position.
        </Notice>
      </Section>
    )
  return (
    <Section id="holdings" title="Holdings" aside={<span className="text-xs text-muted">{countOf(owned)}</span>}>
      <table className="block text-sm" onKeyDown={moveBetweenRows}>
        <Head />
        <Body title={null} groups={owned} />
        <Body title="Traded only, not owned" groups={traded} />
        <Foot />
      </table>
    </Section>
  )
}

const countOf = (owned: readonly LiveGroup[]) => `${owned.length} ${owned.length === 1 ? 'instrument' : 'instruments'}`

const columns: readonly { readonly by: HoldingSort; readonly label: string; readonly className?: string }[] = [
  { by: 'name', label: 'Instrument', className: nameCell },
  { by: 'quantity', label: 'Quantity', className: 'max-md:hidden' },
  { by: 'average', label: 'Average', className: 'max-lg:hidden' },
  { by: 'price', label: 'Price', className: 'max-md:hidden' },
  { by: 'invested', label: 'Invested', className: 'max-lg:hidden' },
  { by: 'value', label: 'Value' },
  { by: 'day', label: 'Day', className: 'max-sm:hidden' },
  { by: 'pnl', label: 'P&L' },
]

function Head() {
  const [{ sort = 'value', asc }, change] = usePortfolioSearch()
  const isAscending = asc === '1'
  return (
    <thead className="block text-xs text-muted">
      <tr className={`${holdingColumns} border-b border-line`}>
        {columns.map(({ by, label, className = '' }) => {
          const next = sort === by ? !isAscending : by === 'name'
          return (
            <SortHead
              key={by}
              label={label}
              left={by === 'name'}
              className={className}
              order={sort !== by ? 'none' : isAscending ? 'ascending' : 'descending'}
              onSort={() => change({ sort: by, asc: next ? '1' : undefined })}
            />
          )
        })}
      </tr>
    </thead>
  )
}

function Body({ title, groups }: { readonly title: string | null; readonly groups: readonly LiveGroup[] }) {
  if (groups.length === 0) return null
  return (
    <tbody className="block">
      {title === null ? null : (
        <tr className="block">
          <th scope="rowgroup" colSpan={8} className="block pb-1 pt-4 text-left text-xs font-semibold text-muted">
            {title}
          </th>
        </tr>
      )}
      {groups.map((group) => (
        <GroupRows key={group.key} {...factsOf(group)} />
      ))}
    </tbody>
  )
}

function Foot() {
  return (
    <tfoot className="block border-t border-line font-semibold">
      <tr className={`${holdingColumns} py-2`}>
        <th scope="row" className={`text-left ${nameCell}`}>
          Total
        </th>
        <td className="max-md:hidden" />
        <td className="max-lg:hidden" />
        <td className="max-md:hidden" />
        <td className="px-2 text-right max-lg:hidden">
          <LiveFigure>
            <OfBook>{({ totals }) => <Amount value={totals.invested} />}</OfBook>
          </LiveFigure>
        </td>
        <td className="px-2 text-right">
          <LiveFigure>
            <OfBook>{({ totals }) => <Amount value={totals.current_value} />}</OfBook>
          </LiveFigure>
        </td>
        <td className="px-2 text-right max-sm:hidden">
          <LiveFigure>
            <OfBook>{({ totals }) => <Gain value={totals.day_change} />}</OfBook>
          </LiveFigure>
        </td>
        <td className="px-2 text-right">
          <LiveFigure>
            <OfBook>{({ totals }) => <Gain value={totals.pnl} />}</OfBook>
          </LiveFigure>
        </td>
      </tr>
    </tfoot>
  )
}
