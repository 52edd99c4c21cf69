import type { CandlesReply } from '@banyan/client'
import { istTime, readableDate } from '../../lib/ist.ts'
import { formatRupees, formatVolume } from '../../lib/numbers.ts'

type Candle = CandlesReply['candles'][number]

interface CandleLegendProps {
  readonly candle: Candle
  readonly intraday: boolean
  /** Names of the drawn candlestick patterns that this candle completed. */
  readonly completed: readonly string[]
}

/** Date and OHLCV of one candle; where the candles carry no volume, none is shown. */
export function CandleLegend({ candle, intraday, completed }: CandleLegendProps) {
  const colour = candle.close < candle.open ? 'text-down' : 'text-up'
  const figures = [
    ['O', formatRupees(candle.open)],
    ['H', formatRupees(candle.high)],
    ['L', formatRupees(candle.low)],
    ['C', formatRupees(candle.close)],
    ...(candle.volume > 0 ? [['V', formatVolume(candle.volume)]] : []),
  ]
  return (
    <p data-legend="" className="flex min-h-9 flex-wrap content-start gap-x-2.5 text-xs sm:min-h-5">
      <span className="text-muted">
        {readableDate(candle.time.slice(0, 10))}
        {intraday ? `, ${istTime(Date.parse(candle.time)).slice(0, 5)} IST` : ''}
      </span>
      {figures.map(([name, text]) => (
        <span key={name} className="whitespace-nowrap">
          <span className="text-muted">{name}</span> <span className={name === 'V' ? '' : colour}>{text}</span>
        </span>
      ))}
      {completed.length === 0 ? null : <span className="font-medium">{completed.join(', ')}</span>}
    </p>
  )
}
