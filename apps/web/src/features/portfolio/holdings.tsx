import type { BookGroup, BookReply } from '@banyan/client'
import { Amount, Gain } from '../../components/amount.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import type { HoldingSort } from '../../lib/portfolio-search.ts'
import { moveBetweenRows } from '../../lib/row-keys.ts'
import { sortGroups, splitGroups } from './book-tables.ts'
import { GroupRows } from './group-rows.tsx'
import { usePortfolioSearch } from './portfolio-queries.ts'

interface HoldingsProps {
  readonly book: BookReply
  readonly answeredAt: number
}

/** One line for each instrument over all brokers; each opens into its parts. */
export function Holdings({ book, answeredAt }: HoldingsProps) {
  const [{ sort = 'value', asc }] = usePortfolioSearch()
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
      <table className="w-full text-sm" onKeyDown={moveBetweenRows}>
        <Head />
        <Body title={null} groups={owned} answeredAt={answeredAt} />
        <Body title="Traded only, not owned" groups={traded} answeredAt={answeredAt} />
        <Foot totals={book.totals} />
      </table>
    </Section>
  )
}

const countOf = (owned: readonly BookGroup[]) => `${owned.length} ${owned.length === 1 ? 'instrument' : 'instruments'}`

function Head() {
  return (
    <thead className="text-xs text-muted">
      <tr className="border-b border-line">
        <SortHead by="name" label="Instrument" />
        <th scope="col" className="px-2 py-1.5 text-right font-medium max-md:hidden">
          Quantity
        </th>
        <th scope="col" className="px-2 py-1.5 text-right font-medium max-lg:hidden">
          Average
        </th>
        <th scope="col" className="px-2 py-1.5 text-right font-medium max-md:hidden">
          Price
        </th>
        <th scope="col" className="px-2 py-1.5 text-right font-medium max-lg:hidden">
          Invested
        </th>
        <SortHead by="value" label="Value" />
        <SortHead by="day" label="Day" hidden />
        <SortHead by="pnl" label="P&L" />
      </tr>
    </thead>
  )
}

interface SortHeadProps {
  readonly by: HoldingSort
  readonly label: string
  /** True where a phone has no room for the column. */
  readonly hidden?: boolean
}

function SortHead({ by, label, hidden = false }: SortHeadProps) {
  const [{ sort = 'value', asc }, change] = usePortfolioSearch()
  const chosen = sort === by
  const ascending = asc === '1'
  const isName = by === 'name'
  const next = chosen ? !ascending : isName
  return (
    <th
      scope="col"
      aria-sort={chosen ? (ascending ? 'ascending' : 'descending') : 'none'}
      className={`py-1.5 font-medium ${isName ? 'text-left' : 'px-2 text-right'} ${hidden ? 'max-sm:hidden' : ''}`}
    >
      <button
        type="button"
        onClick={() => change({ sort: by, asc: next ? '1' : undefined })}
        className={`rounded font-medium hover:text-ink ${chosen ? 'text-ink' : ''}`}
      >
        {label}
        <span aria-hidden="true" className="ml-1 inline-block w-2">
          {chosen ? (ascending ? '↑' : '↓') : ''}
        </span>
      </button>
    </th>
  )
}

interface BodyProps {
  readonly title: string | null
  readonly groups: readonly BookGroup[]
  readonly answeredAt: number
}

function Body({ title, groups, answeredAt }: BodyProps) {
  if (groups.length === 0) return null
  return (
    <tbody>
      {title === null ? null : (
        <tr>
          <th scope="rowgroup" colSpan={8} className="pb-1 pt-4 text-left text-xs font-semibold text-muted">
            {title}
          </th>
        </tr>
      )}
      {groups.map((group) => (
        <GroupRows key={group.key} group={group} answeredAt={answeredAt} />
      ))}
    </tbody>
  )
}

function Foot({ totals }: { readonly totals: BookReply['totals'] }) {
  return (
    <tfoot className="border-t border-line font-semibold">
      <tr>
        <th scope="row" className="py-2 text-left">
          Total
        </th>
        <td className="max-md:hidden" />
        <td className="max-lg:hidden" />
        <td className="max-md:hidden" />
        <td className="px-2 text-right max-lg:hidden">
          <Amount value={totals.invested} />
        </td>
        <td className="px-2 text-right">
          <Amount value={totals.current_value} />
        </td>
        <td className="px-2 text-right max-sm:hidden">
          <Gain value={totals.day_change} />
        </td>
        <td className="px-2 text-right">
          <Gain value={totals.pnl} />
        </td>
      </tr>
    </tfoot>
  )
}
