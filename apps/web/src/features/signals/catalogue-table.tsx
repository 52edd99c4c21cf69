import { DirectionMark } from '../../components/direction-mark.tsx'
import { edgeFigures, verdictWords } from '../../lib/edge-words.ts'
import { formatPercent } from '../../lib/numbers.ts'
import { moveBetweenRows } from '../../lib/row-keys.ts'
import type { CatalogueRow } from './catalogue-rows.ts'
import { PatternLink } from './pattern-link.tsx'
import { Whisker } from './whisker.tsx'

/** One record a row, their dots on one scale. */
export function CatalogueTable({ rows }: { readonly rows: readonly CatalogueRow[] }) {
  const domain = domainOf(rows)
  return (
    <table className="w-full text-sm" onKeyDown={moveBetweenRows}>
      <thead className="text-xs text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-1 text-left font-medium">
            Pattern
          </th>
          <th scope="col" className="w-2/5 px-2 py-1 font-medium">
            <span className="flex justify-between">
              <span>{domain[0]}</span>
              <span>of 100</span>
              <span>{domain[1]}</span>
            </span>
          </th>
          <th scope="col" className="py-1 text-right font-medium max-sm:hidden">
            Mean return
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ pattern, edge }) => (
          <tr
            key={`${pattern.pattern_id} ${edge.direction}`}
            data-record={pattern.pattern_id}
            className="border-t border-line"
          >
            <th scope="row" className="py-1.5 text-left font-normal">
              <DirectionMark direction={edge.direction} /> <PatternLink pattern={pattern} direction={edge.direction} />
              <span className={`block text-2xs ${edge.verdict === 'edge' ? 'font-semibold' : 'text-muted'}`}>
                {verdictWords[edge.verdict]}
              </span>
            </th>
            <td className="px-2 py-1.5">
              {edge.confidence === null ? null : (
                <Whisker
                  rate={edge.confidence}
                  interval={pairOf(edge.interval)}
                  usual={edge.base_rate}
                  domain={domain}
                />
              )}
              <span className="block text-2xs text-muted">{edgeFigures(edge)}</span>
            </td>
            <td className="py-1.5 text-right max-sm:hidden">{formatPercent(edge.mean_return_percent)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The API's schema knows only that the list has two. */
function pairOf(interval: readonly number[] | null): readonly [number, number] | null {
  const [low, high] = interval ?? []
  return low === undefined || high === undefined ? null : [low, high]
}

/** Returns round bounds that hold every dot and usual rate; an interval of few cases may reach beyond. */
function domainOf(rows: readonly CatalogueRow[]): readonly [number, number] {
  const rates = rows.flatMap(({ edge }) => [edge.confidence, edge.base_rate]).filter((rate) => rate !== null)
  if (rates.length === 0) return [0, 100]
  return [Math.floor((Math.min(...rates) - 3) / 5) * 5, Math.ceil((Math.max(...rates) + 3) / 5) * 5]
}
