import type { PnlReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { Amount } from '../../components/amount.tsx'
import { daysBefore, readableDate } from '../../lib/ist.ts'
import { sentenceOf } from '../../lib/problem.ts'
import { type Benchmark, rebase } from './benchmark.ts'
import { usePortfolioQueries, usePortfolioSearch } from './portfolio-queries.ts'

/** The index beside the trend, or why there is none. */
interface FoundBenchmark {
  readonly benchmark: Benchmark | null
  readonly isAsked: boolean
  readonly isLoading: boolean
  readonly problem: Error | null
}

/** Asks for the index where the address wants it. */
export function useBenchmark(trend: PnlReply['trend']): FoundBenchmark {
  const [{ vs }] = usePortfolioSearch()
  const { nifty } = usePortfolioQueries()
  const [first, last] = [trend[0]?.date, trend.at(-1)?.date]
  const isAsked = vs === 'nifty50'
  const enabled = isAsked && first !== undefined && last !== undefined && first < last
  // The close before the first day serves it where the index has none.
  const query = useQuery({ ...nifty(daysBefore(first ?? '2000-01-01', 7), last ?? '2000-01-01'), enabled })
  return {
    benchmark: enabled && query.data ? rebase(trend, query.data) : null,
    isAsked,
    isLoading: enabled && query.data === undefined,
    problem: enabled ? (query.error ?? query.failureReason) : null,
  }
}

/** The switch, and what the line means. */
export function BenchmarkLine({ found }: { readonly found: FoundBenchmark }) {
  const [, change] = usePortfolioSearch()
  return (
    <div className="mt-2 flex flex-wrap items-baseline gap-x-3 gap-y-1 border-t border-line pt-2 text-xs">
      <label className="flex items-center gap-1.5 whitespace-nowrap font-medium">
        <input
          type="checkbox"
          checked={found.isAsked}
          onChange={(event) => change({ vs: event.target.checked ? 'nifty50' : undefined })}
          className="size-4"
        />
        <span aria-hidden="true" className="inline-block w-5 border-t-2 border-dashed border-focus" />
        NIFTY 50, rebased
      </label>
      {found.isAsked ? (
        <p role="status" data-benchmark="" className="min-w-48 flex-1 text-muted">
          <Meaning found={found} />
        </p>
      ) : null}
    </div>
  )
}

function Meaning({ found: { benchmark, isLoading, problem } }: { readonly found: FoundBenchmark }) {
  if (benchmark !== null)
    return (
      <>
        As if the <Amount value={benchmark.value} /> of {readableDate(benchmark.from)} had followed the index from then
        on. Money put in or taken out since is left aside.
      </>
    )
  if (problem !== null) return <span className="text-warn">The index could not be had: {sentenceOf(problem)}</span>
  return isLoading ? 'The index is loading.' : 'The server has no prices of the index for two of these days.'
}
