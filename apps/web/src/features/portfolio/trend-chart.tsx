import { type PointerEvent, useState } from 'react'
import { Amount, Gain } from '../../components/amount.tsx'
import { Change } from '../../components/change.tsx'
import { brokerName } from '../../lib/broker-names.ts'
import { useHiddenAmounts } from '../../lib/hidden-amounts.ts'
import { readableDate } from '../../lib/ist.ts'
import { directionOf, formatCompactRupees } from '../../lib/numbers.ts'
import type { Benchmark } from './benchmark.ts'
import { nearestPoint, type TrendLine, type TrendPoint } from './trend-line.ts'

interface TrendChartProps {
  readonly line: TrendLine
  readonly benchmark: Benchmark | null
}

/** The line with one day chosen: by pointer, by finger, or with the arrow keys. */
export function TrendChart({ line, benchmark }: TrendChartProps) {
  const { points } = line
  const [chosen, setChosen] = useState<number | null>(null)
  const at = Math.min(chosen ?? points.length - 1, points.length - 1)
  const point = points[at]
  if (point === undefined) return null
  const follow = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    setChosen(nearestPoint(points, ((event.clientX - left) / width) * 100))
  }
  return (
    <div>
      <Readout point={point} benchmark={benchmark} />
      <div
        className="relative mt-2 h-44 rounded lg:h-68 xl:h-76 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
        onPointerMove={follow}
        onPointerLeave={() => setChosen(null)}
      >
        <Lines line={line} point={point} />
        <Bounds line={line} />
        <input
          type="range"
          min={0}
          max={points.length - 1}
          value={at}
          onChange={(event) => setChosen(Number(event.target.value))}
          aria-label="Day of the trend"
          aria-valuetext={`${readableDate(point.snapshot.date)}, ${points.length} days`}
          className="absolute inset-0 h-full w-full cursor-crosshair opacity-0"
        />
      </div>
      <p className="mt-1 flex justify-between text-2xs text-muted">
        <span>{readableDate(points[0]?.snapshot.date ?? point.snapshot.date)}</span>
        <span>{readableDate(points.at(-1)?.snapshot.date ?? point.snapshot.date)}</span>
      </p>
    </div>
  )
}

function Readout({ point, benchmark }: { readonly point: TrendPoint } & Pick<TrendChartProps, 'benchmark'>) {
  const { snapshot, pnl } = point
  const rival = benchmark?.days.find(({ date }) => date === snapshot.date)
  return (
    <p data-trend-day={snapshot.date} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-sm">
      <span className="font-semibold">{readableDate(snapshot.date)}</span>
      <span>
        <Gain value={pnl} />
      </span>
      <span className="text-xs text-muted">
        value <Amount value={snapshot.current_value} />, invested <Amount value={snapshot.invested} />, that day{' '}
        <Gain value={snapshot.day_pnl} />
      </span>
      {rival === undefined ? null : (
        <span className="text-xs text-muted">
          NIFTY 50 <Change percent={rival.percent} />, would be <Gain value={rival.pnl} />
        </span>
      )}
      {snapshot.stale_brokers.length === 0 ? null : (
        <span className="text-xs text-replay">◷ older data of {snapshot.stale_brokers.map(brokerName).join(', ')}</span>
      )}
    </p>
  )
}

const strokes = { up: 'stroke-up', down: 'stroke-down', flat: 'stroke-muted' } as const
const fills = { up: 'fill-up/10', down: 'fill-down/10', flat: 'fill-muted/10' } as const

function Lines({
  line: { points, path, benchmarkPath, zeroY },
  point,
}: {
  readonly line: TrendLine
  readonly point: TrendPoint
}) {
  const direction = directionOf(points.at(-1)?.pnl ?? null)
  return (
    <>
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        aria-hidden="true"
        className="absolute inset-0 h-full w-full"
      >
        <path d={`${path}V${zeroY.toFixed(2)}H0Z`} className={fills[direction]} />
        <path d={`M0 ${zeroY}H100`} className="stroke-muted" strokeDasharray="3 3" vectorEffect="non-scaling-stroke" />
        <path
          d={path}
          fill="none"
          strokeWidth="2"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
          className={strokes[direction]}
        />
        {benchmarkPath === '' ? null : (
          <path
            d={benchmarkPath}
            fill="none"
            strokeWidth="2"
            strokeDasharray="5 4"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
            className="stroke-focus"
          />
        )}
        <path d={`M${point.x} 0V100`} className="stroke-muted" vectorEffect="non-scaling-stroke" />
      </svg>
      <span
        aria-hidden="true"
        className="absolute size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-surface bg-ink"
        style={{ left: `${point.x}%`, top: `${point.y}%` }}
      />
    </>
  )
}

/** How high and low it went; a chart with hidden amounts keeps its shape alone. */
function Bounds({ line: { high, low } }: { readonly line: TrendLine }) {
  if (useHiddenAmounts()) return null
  return (
    <p className="pointer-events-none absolute inset-y-0 left-1 flex flex-col justify-between text-2xs text-muted">
      <span>{high > 0 ? `+${formatCompactRupees(high)}` : ''}</span>
      <span>{low < 0 ? formatCompactRupees(low) : ''}</span>
    </p>
  )
}
