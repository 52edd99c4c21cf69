import type { JournalFigures } from '@banyan/client'
import { Gain } from '../../components/amount.tsx'
import { formatRupees } from '../../lib/numbers.ts'

interface BreakdownTableProps {
  readonly title: string
  readonly rows: readonly (Pick<JournalFigures, 'trades' | 'win_rate_percent' | 'expectancy' | 'pnl'> & {
    readonly name: string
  })[]
}

/** The figures of trades that have something in common. */
export function BreakdownTable({ title, rows }: BreakdownTableProps) {
  if (rows.length === 0) return <p className="text-xs text-muted">{title}: none</p>
  return (
    <table className="w-full text-sm">
      <thead className="text-xs text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-1 text-left font-medium">
            {title}
          </th>
          <th scope="col" className="px-1 py-1 text-right font-medium">
            Trades
          </th>
          <th scope="col" className="px-1 py-1 text-right font-medium">
            Won
          </th>
          <th scope="col" className="px-1 py-1 text-right font-medium">
            P&L
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, trades, win_rate_percent: rate, pnl }) => (
          <tr key={name} className="border-t border-line first:border-t-0">
            <th scope="row" className="max-w-36 truncate py-1 text-left font-normal">
              {name}
            </th>
            <td className="px-1 text-right">{trades}</td>
            <td className="px-1 text-right">{rate === null ? '–' : `${formatRupees(rate)}%`}</td>
            <td className="px-1 text-right">
              <Gain value={pnl} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
