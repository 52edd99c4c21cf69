import type { MatchesReply } from '@banyan/client'
import { formatPercent } from '../../lib/numbers.ts'

/** The fan in figures: how many rose and the median change, after the matches and after any day. */
export function FollowedTable({ followed, base }: Pick<MatchesReply, 'followed' | 'base'>) {
  return (
    <table className="w-full self-start text-sm">
      <caption className="pb-1 text-left text-xs font-semibold tracking-wide text-muted">
        What followed, against any day
      </caption>
      <thead className="text-xs text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-1 text-left font-medium">
            Days
          </th>
          <th scope="col" className="py-1 text-right font-medium">
            Rose, of 100
          </th>
          <th scope="col" className="py-1 text-right font-medium">
            Median
          </th>
        </tr>
      </thead>
      <tbody>
        {followed.map(({ bars, n, up_percent: up, points }) => {
          const usual = base.find((spread) => spread.bars === bars)
          return (
            <tr key={bars} className="border-t border-line first:border-t-0">
              <th scope="row" className="py-1 text-left font-normal">
                {bars}
                <span className="text-xs text-muted"> n = {n}</span>
              </th>
              <td className="py-1 text-right">
                {shareOf(up)} <span className="text-xs text-muted">against {shareOf(usual?.up_percent ?? null)}</span>
              </td>
              <td className="py-1 text-right">
                {formatPercent(points?.[2] ?? null)}{' '}
                <span className="block text-xs text-muted">against {formatPercent(usual?.points?.[2] ?? null)}</span>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const shareOf = (percent: number | null) => (percent === null ? '–' : Math.round(percent))
