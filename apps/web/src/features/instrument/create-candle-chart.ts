import type { CandlesReply } from '@banyan/client'
import {
  CandlestickSeries,
  ColorType,
  CrosshairMode,
  createChart,
  HistogramSeries,
  type IChartApi,
  TickMarkType,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts'
import { chartSecond, readableDate } from '../../lib/ist.ts'
import { formatRupees, formatVolume } from '../../lib/numbers.ts'
import type { ChartAnnotations } from './chart-annotations.ts'
import { createAnnotator } from './draw-annotations.ts'

type Candles = CandlesReply['candles']

export interface ChartHandle {
  /** Shows these candles, oldest first, and what is drawn on them, in the colours the style sheet has now. */
  draw(candles: Candles, annotations: ChartAnnotations): void
  /** Shows all candles at once. */
  fit(): void
  remove(): void
}

/**
 * Returns a chart in `place`. `onHover` gets the position of the candle under the crosshair, null when there is none.
 * Minute candles are placed by IST seconds, all others by their date.
 */
export function createCandleChart(
  place: HTMLElement,
  intraday: boolean,
  onHover: (index: number | null) => void,
): ChartHandle {
  const chart = createChart(place, fixedOptions(intraday))
  const prices = chart.addSeries(CandlestickSeries, { priceFormat: priceFormat(formatRupees) })
  const volumes = chart.addSeries(HistogramSeries, {
    priceScaleId: 'volume',
    priceFormat: priceFormat(formatVolume),
    lastValueVisible: false,
    priceLineVisible: false,
  })
  prices.priceScale().applyOptions({ scaleMargins: { top: 0.1, bottom: 0.22 } })
  volumes.priceScale().applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } })
  const annotate = createAnnotator(chart, prices)
  const timeOf = (text: string): Time => (intraday ? (chartSecond(text) as UTCTimestamp) : text.slice(0, 10))
  chart.subscribeCrosshairMove(({ logical, time }) =>
    onHover(time === undefined || logical === undefined ? null : logical),
  )

  return {
    draw(candles, annotations) {
      const colour = paint(chart)
      prices.applyOptions({
        upColor: colour('up'),
        wickUpColor: colour('up'),
        downColor: colour('down'),
        wickDownColor: colour('down'),
        borderVisible: false,
      })
      prices.setData(candles.map((candle) => ({ ...candle, time: timeOf(candle.time) })))
      volumes.setData(
        candles.map((candle) => ({
          time: timeOf(candle.time),
          value: candle.volume,
          color: colour(candle.close < candle.open ? 'down-soft' : 'up-soft'),
        })),
      )
      volumes.applyOptions({ visible: candles.some(({ volume }) => volume > 0) })
      annotate(annotations, { colour, timeOf })
    },
    fit: () => chart.timeScale().fitContent(),
    remove: () => chart.remove(),
  }
}

function priceFormat(formatter: (value: number) => string) {
  return { type: 'custom' as const, minMove: 0.01, formatter }
}

function fixedOptions(intraday: boolean) {
  return {
    autoSize: true,
    // The attribution stands in the page's footer: the built-in logo brings a <style> the CSP refuses.
    layout: { attributionLogo: false, fontSize: 11, fontFamily: getComputedStyle(document.body).fontFamily },
    localization: { timeFormatter: (time: Time) => crosshairTime(time) },
    timeScale: {
      timeVisible: intraday,
      secondsVisible: false,
      borderVisible: false,
      // The first minutes of a day are few candles; wider ones would read as blocks.
      maxBarSpacing: 18,
      tickMarkFormatter: (time: Time, mark: TickMarkType) => axisLabel(time, mark),
    },
    rightPriceScale: { borderVisible: false },
    crosshair: { mode: CrosshairMode.Normal },
    // A finger that moves down scrolls the page, not the prices.
    handleScroll: { vertTouchDrag: false },
  }
}

function crosshairTime(time: Time): string {
  const digits = istDigits(time)
  const date = readableDate(digits.slice(0, 10))
  return digits.length > 10 ? `${date}, ${digits.slice(11, 16)} IST` : date
}

/** The library's own labels show the day alone where a month's first day finds no room: a "2" that reads as nothing. */
function axisLabel(time: Time, mark: TickMarkType): string {
  const digits = istDigits(time)
  const [, day = '', month = '', year = ''] = readableDate(digits.slice(0, 10)).split(' ')
  if (mark === TickMarkType.Year) return year
  if (mark === TickMarkType.Month) return month
  return mark === TickMarkType.DayOfMonth ? `${day} ${month}` : digits.slice(11, 16)
}

/** Returns the date, and with minute candles the time, of a chart's time; its seconds carry IST digits, see `chartSecond`. */
function istDigits(time: Time): string {
  if (typeof time === 'number') return new Date(time * 1000).toISOString()
  if (typeof time === 'string') return time
  return new Date(Date.UTC(time.year, time.month - 1, time.day)).toISOString().slice(0, 10)
}

/** Gives ground, text and grid the style sheet's colours and returns the reader of the others. */
function paint(chart: IChartApi): (name: string) => string {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const line = { color: colour('line') }
  chart.applyOptions({
    layout: {
      background: { type: ColorType.Solid, color: colour('surface') },
      textColor: colour('muted'),
      panes: { separatorColor: colour('line'), separatorHoverColor: colour('raised') },
    },
    grid: { vertLines: line, horzLines: line },
    crosshair: {
      vertLine: { color: colour('muted'), labelBackgroundColor: colour('ink') },
      horzLine: { color: colour('muted'), labelBackgroundColor: colour('ink') },
    },
  })
  return colour
}
