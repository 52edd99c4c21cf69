import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { createGunzip } from 'node:zlib'
import { type InstrumentId, instrumentId, istMidnight, type Quote } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { createManualTime } from '../memory/manual-time.ts'
import { createReplayClock } from './replay-clock.ts'
import type { ReplayDay } from './replay-day.ts'
import { createReplaySource } from './replay-source.ts'
import { parseTickCsv } from './tick-csv.ts'

const folder = process.env['BANYAN_DEV_DATA'] ?? '../shared/data'
const file = resolve(folder, 'intraday/ticks_2021-06-09_nifty50_indices.csv.gz')
const date = '2021-06-09'

/** The recorder's spelling: `&` and `-` are missing, indices are shortened. Any canonical form serves here. */
const toInstrument = (symbol: string): InstrumentId => instrumentId('NSE', symbol.replaceAll('_', '-'))

async function readDay(): Promise<{ day: ReplayDay; rowsRead: number; rowsRejected: number; parseMs: number }> {
  const text = await createReadStream(file).pipe(createGunzip()).setEncoding('latin1').toArray()
  const before = process.cpuUsage()
  const { ticks, rowsRead, rowsRejected } = await parseTickCsv(text as string[], { toInstrument })
  const parseMs = process.cpuUsage(before).user / 1000
  const unknown = { previous: null, beforePrevious: null, prevClose: null, close: null }
  const instruments = ticks.instruments.map((id) => ({ id, hasVolume: !id.includes('NIFTY'), ...unknown }))
  return { day: { date, midnight: istMidnight(date), instruments, ticks }, rowsRead, rowsRejected, parseMs }
}

describe('the recorded day', async () => {
  const { day, rowsRead, rowsRejected, parseMs } = await readDay()
  const { ticks } = day

  it('is read whole: 62 instruments, every row a tick', () => {
    console.log(`${rowsRead} rows in ${Math.round(parseMs)} ms of processor time`)
    expect([ticks.instruments.length, rowsRejected, ticks.price.length]).toEqual([62, 0, rowsRead])
    expect(rowsRead).toBeGreaterThan(870_000)
  })

  it('is in order, and no volume falls', () => {
    const highest = new Map<number, number>()
    let [late, fallen] = [0, 0]
    ticks.second.forEach((second, i) => {
      if (second < (ticks.second[i - 1] ?? 0)) late += 1
      const instrument = ticks.instrument[i] ?? -1
      const volume = ticks.volume[i] ?? -1
      if (volume < (highest.get(instrument) ?? 0)) fallen += 1
      highest.set(instrument, volume)
    })
    expect([late, fallen]).toEqual([0, 0])
  })

  it.each([1, 60])('played at speed %i shows at the end what each instrument traded last', async (speed) => {
    const wall = createManualTime(istMidnight('2026-11-21'))
    const startMs = speed === 1 ? 15 * 3_600_000 : 9 * 3_600_000
    const clock = createReplayClock({ wall, date, speed, startMs, loop: false })
    const source = createReplaySource({ day, clock, seed: 1, timers: wall })
    const last = new Map<InstrumentId, Quote>()
    let pushed = 0
    source.subscribe({
      onQuotes: (quotes) => {
        pushed += quotes.length
        for (const quote of quotes) last.set(quote.instrument, quote)
      },
    })
    const before = process.cpuUsage()
    const playedMs = (7 * 3_600_000 - (startMs - 9 * 3_600_000)) / speed
    wall.advance(playedMs)
    const busyMs = process.cpuUsage(before).user / 1000
    console.log(`speed ${speed}: ${pushed} quotes, ${((100 * busyMs) / playedMs).toFixed(2)} % of a processor`)
    const fetched = await source.fetchQuotes(ticks.instruments, new AbortController().signal)
    for (const [id, quote] of fetched) expect({ ...last.get(id), receivedAt: 0 }).toEqual({ ...quote, receivedAt: 0 })
    expect(last.size).toBe(62)
  })
})
