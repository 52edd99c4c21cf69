import {
  createSeriesMarkers,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type SeriesMarker,
  type Time,
} from 'lightweight-charts'
import type { ChartAnnotations, DrawnLine, Marker } from './chart-annotations.ts'

interface Ink {
  readonly colour: (name: string) => string
  readonly timeOf: (time: string) => Time
}

/** Returns what replaces the annotations of a chart by others. Lines are few, so they are made anew each time. */
export function createAnnotator(chart: IChartApi, prices: ISeriesApi<'Candlestick'>) {
  const marks = createSeriesMarkers(prices, [])
  let lines: ISeriesApi<'Line'>[] = []
  return (annotations: ChartAnnotations, ink: Ink): void => {
    for (const line of lines) chart.removeSeries(line)
    lines = annotations.lines.map((line) => addLine(chart, line, ink, 0))
    if (annotations.oscillator !== null) lines.push(addOscillator(chart, annotations.oscillator, ink))
    marks.setMarkers(annotations.markers.map((marker) => markOf(marker, ink)))
  }
}

function addLine(chart: IChartApi, { points, tone, look }: DrawnLine, ink: Ink, pane: number): ISeriesApi<'Line'> {
  const series = chart.addSeries(
    LineSeries,
    {
      color: ink.colour(tone),
      lineWidth: look === 'border' ? 2 : 1,
      lineStyle: look === 'border' ? LineStyle.Dashed : LineStyle.Solid,
      pointMarkersVisible: look === 'anchors',
      pointMarkersRadius: 2.5,
      lastValueVisible: false,
      priceLineVisible: false,
      crosshairMarkerVisible: false,
    },
    pane,
  )
  series.setData(points.map(({ time, value }) => ({ time: ink.timeOf(time), value })))
  return series
}

/** The index stands in a pane below, always on its whole scale, with the levels people read it by. */
function addOscillator(chart: IChartApi, line: DrawnLine, ink: Ink): ISeriesApi<'Line'> {
  const series = addLine(chart, line, ink, 1)
  series.applyOptions({
    lastValueVisible: true,
    priceFormat: { type: 'custom', minMove: 1, formatter: (value: number) => value.toFixed(0) },
    autoscaleInfoProvider: () => ({ priceRange: { minValue: 0, maxValue: 100 } }),
  })
  for (const price of [30, 70])
    series.createPriceLine({
      price,
      color: ink.colour('muted'),
      lineWidth: 1,
      lineStyle: LineStyle.Dotted,
      axisLabelVisible: false,
    })
  chart.panes()[1]?.setHeight(90)
  return series
}

function markOf({ time, direction, names }: Marker, { colour, timeOf }: Ink): SeriesMarker<Time> {
  const look = {
    bullish: { position: 'belowBar', shape: 'arrowUp', color: colour('up') },
    bearish: { position: 'aboveBar', shape: 'arrowDown', color: colour('down') },
    neutral: { position: 'aboveBar', shape: 'circle', color: colour('muted') },
  } as const
  return { time: timeOf(time), ...look[direction], ...(names.length > 1 ? { text: String(names.length) } : {}) }
}
