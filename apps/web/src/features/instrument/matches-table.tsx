import type { MatchesReply } from '@banyan/client'
import { Change } from '../../components/change.tsx'
import { readableDate } from '../../lib/ist.ts'
import { moveBetweenRows } from '../../lib/row-keys.ts'
import type { View } from '../../lib/view.ts'
import { likeName, useLike } from './use-overlaid-stretch.ts'

interface MatchesTableProps {
  readonly matches: MatchesReply['matches']
  readonly view: View
}

/** The matches, most alike first; choosing one lays it over the chart, its last close on the newest. */
export function MatchesTable({ matches, view }: MatchesTableProps) {
  const { like, toggleLike } = useLike()
  const laid = view.interval === 'day' && view.adjusted
  return (
    <div>
      <table className="w-full text-sm" onKeyDown={moveBetweenRows}>
        <caption className="sr-only">Matches, most alike first</caption>
        <thead className="text-xs text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="py-1 text-left font-medium">
              Match
            </th>
            <th scope="col" className="px-2 py-1 text-right font-medium">
              Alike
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              After 20 days
            </th>
          </tr>
        </thead>
        <tbody>
          {matches.map((match) => {
            const name = likeName(match)
            return (
              <tr key={name} className="relative border-t border-line first:border-t-0 hover:bg-raised">
                <th scope="row" className="py-1 text-left font-normal">
                  <button
                    type="button"
                    aria-pressed={like === name}
                    onClick={() => toggleLike(name)}
                    data-row-key=""
                    className="text-left after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus aria-pressed:text-replay"
                  >
                    <span className="font-medium">
                      {like === name ? <span aria-hidden="true">◉ </span> : null}
                      {match.symbol}
                    </span>
                    <span className="block text-2xs text-muted">
                      {readableDate(match.from)} to {readableDate(match.to)}
                    </span>
                  </button>
                </th>
                <td className="px-2 py-1 text-right">{Math.round(match.similarity * 100)} of 100</td>
                <td className="py-1 text-right">
                  <After match={match} bars={20} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="mt-2 text-xs text-muted">
        {laid
          ? 'Choose one to lay it over the chart, its last close on the newest.'
          : 'Matches are laid over adjusted daily candles only.'}
      </p>
    </div>
  )
}

function After({ match, bars }: { readonly match: MatchesReply['matches'][number]; readonly bars: number }) {
  const change = match.followed.find((one) => one.bars === bars)
  return change ? <Change percent={change.change_percent} /> : <span className="text-muted">not over yet</span>
}
