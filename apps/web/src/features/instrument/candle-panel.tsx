import type { CandlesReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import { pollMs, useMarketQueries } from '../../app/market-queries.ts'
import { useTheme } from '../../app/theme.ts'
import { useView } from '../../app/use-view.ts'
import { Notice } from '../../components/notice.tsx'
import { pricesDate } from '../../lib/market-clock.ts'
import type { View } from '../../lib/view.ts'
import { CandleNotes } from './candle-notes.tsx'
import type { ChartAnnotations } from './chart-annotations.ts'
import { ChartControls } from './chart-controls.tsx'

// The chart library is half as large as the rest of the page together; it comes after the prices.
const CandleChart = lazy(async () => ({ default: (await import('./candle-chart.tsx')).CandleChart }))

interface CandlePanelProps {
  /** What to draw on the candles that were loaded; the same function while nothing changes. */
  readonly annotate?: (reply: CandlesReply) => ChartAnnotations
  /** Stands between the controls and the chart. */
  readonly children?: ReactNode
  /** Height of the chart. */
  readonly className?: string
}

/** Candles of the address's view with its controls. */
export function CandlePanel({ annotate = bare, children, className = 'h-80 sm:h-[26rem]' }: CandlePanelProps) {
  const queries = useMarketQueries()
  const [view, change] = useView()
  const { data: date, isPending } = useQuery({ ...queries.snapshot, select: pricesDate })
  const candles = useQuery({
    ...queries.candles(view, date ?? null),
    enabled: !isPending,
    refetchInterval: pollMs.candles,
  })
  return (
    <>
      <ChartControls view={view} onChange={change} />
      {children}
      <div className={className}>
        <Chart
          view={view}
          reply={candles.data}
          annotate={annotate}
          problem={candles.failureReason ?? candles.error}
          onWiden={() => change({ range: 'max' })}
        />
      </div>
      {candles.data && candles.data.candles.length > 0 ? <CandleNotes reply={candles.data} /> : null}
    </>
  )
}

const nothing: ChartAnnotations = { markers: [], lines: [], oscillator: null }
const bare = () => nothing

interface ChartProps {
  readonly view: View
  readonly reply: CandlesReply | undefined
  readonly annotate: (reply: CandlesReply) => ChartAnnotations
  readonly problem: Error | null
  readonly onWiden: () => void
}

function Chart({ view, reply, annotate, problem, onWiden }: ChartProps) {
  const theme = useTheme()
  const annotations = useMemo(() => (reply ? annotate(reply) : nothing), [reply, annotate])
  if (!reply && problem)
    return (
      <Notice kind="failed" title="No candles">
        {problem.message} Choose another instrument with <kbd>/</kbd>, or wait: the page goes on trying while that can
        help.
      </Notice>
    )
  if (!reply) return <Loading />
  if (reply.candles.length === 0)
    return (
      <Notice kind="empty" title="No candles in this range" action={{ label: 'Show everything', run: onWiden }}>
        The server has no {view.interval} candles of {view.instrument} here.
        {view.interval.endsWith('minute') ? ' Minute candles reach back less far than daily ones.' : ''}
      </Notice>
    )
  return (
    <Suspense fallback={<Loading />}>
      <CandleChart
        reply={reply}
        theme={theme}
        rangeKey={`${view.instrument} ${view.interval} ${view.range}`}
        annotations={annotations}
      />
    </Suspense>
  )
}

function Loading() {
  return (
    <div role="status" data-loading="" className="h-full">
      <span className="sr-only">Candles are loading</span>
      <div className="skeleton h-full w-full" />
    </div>
  )
}
