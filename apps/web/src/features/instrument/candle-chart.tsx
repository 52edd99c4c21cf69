import type { CandlesReply } from '@banyan/client'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Theme } from '../../app/theme.ts'
import { readableInstant } from '../../lib/ist.ts'
import { CandleLegend } from './candle-legend.tsx'
import type { ChartAnnotations } from './chart-annotations.ts'
import { type ChartHandle, createCandleChart } from './create-candle-chart.ts'

interface CandleChartProps {
  readonly reply: CandlesReply
  readonly theme: Theme
  /** Changes when the chart should show its whole range again; new candles of the same range leave the position alone. */
  readonly rangeKey: string
  readonly annotations: ChartAnnotations
}

/** Candles and volume; the figures under the crosshair, or of the last candle, stand above. */
export function CandleChart({ reply, theme, rangeKey, annotations }: CandleChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const handle = useRef<ChartHandle | null>(null)
  const fitted = useRef('')
  const [hovered, setHovered] = useState<number | null>(null)
  const intraday = reply.interval.endsWith('minute')

  useEffect(() => {
    if (!place.current) return
    const chart = createCandleChart(place.current, intraday, setHovered)
    handle.current = chart
    fitted.current = ''
    return () => {
      handle.current = null
      chart.remove()
    }
  }, [intraday])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme has new colours in the style sheet, and a new chart needs its candles
  useEffect(() => {
    handle.current?.draw(reply.candles, annotations)
    if (fitted.current === rangeKey) return
    fitted.current = rangeKey
    handle.current?.fit()
  }, [reply, annotations, rangeKey, theme, intraday])

  const label = useMemo(() => describe(reply), [reply])
  const candle = reply.candles[hovered ?? reply.candles.length - 1] ?? reply.candles.at(-1)
  return (
    <div className="flex h-full flex-col">
      {candle ? (
        <CandleLegend
          candle={candle}
          intraday={intraday}
          completed={annotations.markers.filter(({ time }) => time === candle.time).flatMap(({ names }) => names)}
        />
      ) : null}
      <div
        ref={place}
        role="img"
        aria-label={label}
        data-chart={reply.candles.length}
        data-markers={annotations.markers.length}
        data-lines={annotations.lines.length}
        className="min-h-0 w-full flex-1"
      />
    </div>
  )
}

function describe({ instrument, interval, candles }: CandlesReply): string {
  const [first, last] = [candles[0], candles.at(-1)]
  if (!first || !last) return `${instrument}: no candles`
  const when = (time: string) => (time.length > 10 ? readableInstant(time) : time)
  return `${instrument}, ${candles.length} ${interval} candles from ${when(first.time)} to ${when(last.time)}`
}
