import { fileURLToPath } from 'node:url'
import { instrumentId } from '@banyan/domain'
import { createCandleStore } from '../../../infra/database/candle-store.ts'
import { createInstrumentStore } from '../../../infra/database/instrument-store.ts'
import { openStores, type TestPlace } from '../../../infra/database/testing/open-stores.ts'
import { defaultImportOptions, type FileResult, type ImportOptions, importFiles, type RejectedRow } from '../index.ts'

/** 2026-08-21T20:00+05:30: after the last row of the fixtures. */
const now = Date.UTC(2026, 7, 21, 14, 30)

export const fixtures = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url))

/** An open database of a test, and imports into it. */
export async function openImportBench(place: TestPlace) {
  const stores = await openStores(place)
  const instruments = createInstrumentStore(stores.database)
  const candles = createCandleStore(stores.database)
  const find = async (symbol: string, exchange: 'NSE' | 'BSE' = 'NSE') => {
    const id = instrumentId(exchange, symbol)
    return (await instruments.listInstruments()).find((instrument) => instrument.id === id) ?? null
  }
  return {
    stores,
    instruments,
    candles,
    find,
    async close() {
      await stores.close()
      await place.remove()
    },
    /** Imports and returns everything the import said. */
    async run(paths: readonly string[], options: Partial<ImportOptions> = {}, signal = new AbortController().signal) {
      const results: FileResult[] = []
      const rejected: RejectedRow[] = []
      const summary = await importFiles({
        paths,
        options: { ...defaultImportOptions, ...options },
        store: stores.imports,
        instruments,
        clock: { now: () => now },
        signal,
        onEvent(event) {
          if (event.type === 'file') results.push(event.result)
          if (event.type === 'rejected') rejected.push(...event.rows)
        },
      })
      return { summary, results, rejected, only: results[0] }
    },
    /** Returns daily or minute bars of an instrument under a source, as `[IST time, open, high, low, close, volume]`. */
    async bars(symbol: string, sourceId: string, exchange: 'NSE' | 'BSE' = 'NSE') {
      const instrument = await find(symbol, exchange)
      if (instrument === null) return null
      const extents = await candles.listExtents(instrument.key)
      const extent = extents.find((one) => one.source.id === sourceId)
      if (extent === undefined) return []
      const query = { instrumentKey: instrument.key, sourceKey: extent.source.key, interval: extent.interval }
      const series = await candles.readCandles({ ...query, from: -8e15, to: 8e15, limit: 5000 })
      return [...series.time].map((time, i) => [
        new Date(time + 19_800_000).toISOString().slice(0, 16),
        ...[series.open[i], series.high[i], series.low[i], series.close[i], series.volume[i]],
      ])
    },
  }
}
