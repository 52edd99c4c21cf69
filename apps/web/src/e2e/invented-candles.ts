import type { CandlesReply } from '@banyan/contracts'
import type { Listed } from './invented-listings.ts'

type Candle = CandlesReply['candles'][number]

const dayMs = 86_400_000
const minutes: Partial<Record<CandlesReply['interval'], number>> = {
  '1minute': 1,
  '5minute': 5,
  '15minute': 15,
  '30minute': 30,
  '60minute': 60,
}
const stepDays: Partial<Record<CandlesReply['interval'], number>> = { day: 1, week: 7, month: 30 }

/** Returns a random walk, the same each time, that ends at the instrument's last price on `lastDate`. */
export function inventedCandles(
  listed: Listed,
  interval: CandlesReply['interval'],
  lastDate: string,
  from: string | null,
): Candle[] {
  const times = timesBack(interval, lastDate).filter((time) => from === null || time.slice(0, 10) >= from)
  const chance = createChance(listed.symbol)
  const candles: Candle[] = []
  let close = listed.last
  for (const time of times.reverse()) {
    const open = close * (1 + (chance() - 0.495) * 0.022)
    const high = Math.max(open, close) * (1 + chance() * 0.008)
    const low = Math.min(open, close) * (1 - chance() * 0.008)
    const volume = listed.kind === 'index' ? 0 : Math.round(400_000 + chance() * 9_000_000)
    candles.push({ time, open: round(open), high: round(high), low: round(low), close: round(close), volume })
    close = open
  }
  return candles.reverse()
}

function timesBack(interval: CandlesReply['interval'], lastDate: string): string[] {
  const length = minutes[interval]
  if (length === undefined) return datesBack(stepDays[interval] ?? 1, lastDate)
  const bars = Math.floor(147 / length)
  return Array.from({ length: bars }, (_, bar) => {
    const clock = new Date(Date.parse(`${lastDate}T09:15:00Z`) + bar * length * 60_000)
    return `${clock.toISOString().slice(0, 19)}+05:30`
  })
}

/** Returns 600 dates without weekends, oldest first. */
function datesBack(step: number, lastDate: string): string[] {
  const last = Date.parse(`${lastDate}T00:00:00Z`)
  return Array.from({ length: 600 }, (_, i) => new Date(last - i * step * dayMs))
    .filter((day) => day.getUTCDay() % 6 !== 0 || step > 1)
    .map((day) => day.toISOString().slice(0, 10))
    .reverse()
}

/** Returns a generator of numbers from 0 (included) to 1 (excluded) that `seed` decides (mulberry32). */
function createChance(seed: string): () => number {
  let state = [...seed].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const round = (value: number) => Math.round(value * 100) / 100
