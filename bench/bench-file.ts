import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { addDays, weekday } from '../packages/domain/src/index.ts'

/** 26 years of weekdays. */
export const barsPerSymbol = 6_500

/** Writes a packed OHLCV file of invented daily candles: a seeded random walk per symbol, the same bytes on every run. Returns its rows. */
export async function writeBenchFile(path: string, symbols: number): Promise<number> {
  const dates = weekdaysUntil('2021-06-08', barsPerSymbol)
  await pipeline(Readable.from(lines(symbols, dates)), createGzip({ level: 1 }), createWriteStream(path))
  return symbols * dates.length
}

function* lines(symbols: number, dates: readonly string[]): Generator<string> {
  yield 'symbol,date,open,high,low,close,volume\n'
  const random = mulberry32(1)
  for (let i = 0; i < symbols; i++) {
    let close = 100 + random() * 900
    let text = ''
    for (const date of dates) {
      const open = close * (1 + (random() - 0.5) * 0.01)
      close = Math.max(1, open * (1 + (random() - 0.5) * 0.03))
      const high = Math.max(open, close) * (1 + random() * 0.005)
      const low = Math.min(open, close) * (1 - random() * 0.005)
      text += `BENCH${i},${date},${open.toFixed(2)},${high.toFixed(2)},${low.toFixed(2)},${close.toFixed(2)},${Math.floor(random() * 1e6)}\n`
    }
    yield text
  }
}

function weekdaysUntil(last: string, count: number): readonly string[] {
  const dates: string[] = []
  for (let date = last; dates.length < count; date = addDays(date, -1)) {
    if (weekday(date) !== 0 && weekday(date) !== 6) dates.push(date)
  }
  return dates.toReversed()
}

/** Returns a generator of numbers in [0, 1); mulberry32, public domain, by Tommy Ettinger. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
