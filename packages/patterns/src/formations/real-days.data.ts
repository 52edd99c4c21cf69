import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sliceCandles } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { findFormations } from './find-formations.ts'
import { formationIds } from './formation.ts'
import { readAt } from './read-at.ts'
import { type Candle, seriesOf } from './testing/shape-series.ts'

const folder = process.env['BANYAN_DEV_DATA'] ?? '../shared/data'
const file = resolve(folder, 'daily/eod2_nse_1995_2023-05.csv.gz')

/** Days of the large companies from 1998 on: earlier ones hold impossible candles. */
function readDays(): Map<string, Candle[]> {
  const days = new Map<string, Candle[]>()
  for (const row of gunzipSync(readFileSync(file)).toString('utf8').split('\n').slice(1)) {
    const [symbol = '', date = '', ...cells] = row.split(',')
    const [open = 0, high = 0, low = 0, close = 0, volume = 0] = cells.map(Number)
    if (date < '1998') continue
    const own = days.get(symbol) ?? []
    own.push([open, high, low, close, volume])
    days.set(symbol, own)
  }
  return days
}

describe('findFormations on recorded days', () => {
  const all = [...readDays().values()].map((candles) => seriesOf(candles.slice(-2500)))
  const found = all.map((series) => findFormations(series))

  it('finds every formation somewhere, none on more than a third of the candles', () => {
    const candles = all.reduce((sum, { time }) => sum + time.length, 0)
    const counts = formationIds.map((id) => found.flat().filter(({ pattern }) => pattern === id).length)
    console.table(formationIds.map((id, i) => ({ id, perTenYears: ((2500 * (counts[i] ?? 0)) / candles).toFixed(1) })))
    expect(formationIds.filter((_, i) => counts[i] === 0)).toEqual([])
    expect(formationIds.filter((_, i) => (counts[i] ?? 0) > candles / 3)).toEqual([])
  })

  it('repaints nothing', () => {
    all.forEach((series, share) => {
      const at = (series.time.length * (share % 10)) / 10
      const i = Math.floor(at)
      expect(readAt(found[share] ?? [], i)).toEqual(findFormations(sliceCandles(series, 0, i + 1)))
    })
  })
})
