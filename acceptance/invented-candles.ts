import { writeFileSync } from 'node:fs'

/** A candle as the import reads it and `/api/candles` shows it. */
export interface InventedCandle {
  readonly time: string
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

const dayMs = 86_400_000

/** Returns invented daily candles of the `count` weekdays that end on `last`, oldest first. `level` makes them differ. */
export function inventCandles(count: number, level: number, last = '2021-06-04'): readonly InventedCandle[] {
  const days: string[] = []
  for (let at = Date.parse(last); days.length < count; at -= dayMs) {
    const weekday = new Date(at).getUTCDay()
    if (weekday !== 0 && weekday !== 6) days.unshift(new Date(at).toISOString().slice(0, 10))
  }
  return days.map((time, i) => {
    const close = level + (i % 17)
    return { time, open: close - 1, high: close + 2, low: close - 3, close, volume: 1_000 + i }
  })
}

/** Writes candles of one invented share as a CSV the import knows. */
export function writeCandles(file: string, symbol: string, candles: readonly InventedCandle[]): void {
  const rows = candles.map((c) => [symbol, c.time, c.open, c.high, c.low, c.close, c.volume].join(','))
  writeFileSync(file, `symbol,date,open,high,low,close,volume\n${rows.join('\n')}\n`)
}
