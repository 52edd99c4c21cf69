import { readRows } from './csv-rows.ts'
import { recordedSymbol } from './index-names.ts'

interface RecordedTick {
  readonly symbol: string
  /** `HH:MM:SS` IST. */
  readonly timestamp: string
  readonly ltp: number
  /** Units traded in the session so far, the running maximum. */
  readonly volume: number
}

/**
 * Returns the ticks ordered by symbol, then time; ticks of one second stay in the recorded order. The recorder writes some a second
 * or two late, so volume is made its running maximum. No tick is dropped: the input has no two equal rows.
 */
export function buildTicks(text: string): RecordedTick[] {
  const ticks = readRows(text, ['symbol', 'timestamp', 'ltp', 'volume']).map((cells) => ({
    symbol: recordedSymbol(cells.symbol),
    timestamp: cells.timestamp,
    ltp: Number(cells.ltp),
    volume: Number(cells.volume),
  }))
  const highest = new Map<string, number>()
  return ticks.toSorted(bySymbolAndTime).map((tick) => {
    const volume = Math.max(highest.get(tick.symbol) ?? 0, tick.volume)
    highest.set(tick.symbol, volume)
    return { ...tick, volume }
  })
}

/** Returns the file of the ticks. */
export function writeTicks(ticks: readonly RecordedTick[]): string {
  const lines = ticks.map((tick) => `${tick.symbol},${tick.timestamp},${tick.ltp},${tick.volume}`)
  return `${['symbol,timestamp,ltp,volume', ...lines].join('\n')}\n`
}

/** Returns the last price of every symbol. */
export function lastPrices(ticks: readonly RecordedTick[]): Map<string, number> {
  return new Map(ticks.map((tick) => [tick.symbol, tick.ltp]))
}

function bySymbolAndTime(a: RecordedTick, b: RecordedTick): number {
  if (a.symbol !== b.symbol) return a.symbol < b.symbol ? -1 : 1
  if (a.timestamp === b.timestamp) return 0
  return a.timestamp < b.timestamp ? -1 : 1
}
