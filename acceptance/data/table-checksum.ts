import { createHash } from 'node:crypto'
import type { Database } from '../../apps/server/src/infra/database/database.ts'

/**
 * Returns a digest of every stored candle under the names of its instrument and source, so that it is the same on both engines and
 * whatever keys a rerun gave out.
 */
export async function checksumOfCandles({ reader, readArrays }: Database): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256')
  let rows = 0
  const sources = await reader.selectFrom('candle_sources').select(['key', 'id']).orderBy('id').execute()
  const instruments = await reader
    .selectFrom('instruments')
    .select(['key', 'exchange', 'symbol'])
    .orderBy('exchange')
    .orderBy('symbol')
    .execute()
  for (const instrument of instruments) {
    for (const source of sources) {
      const query = reader
        .selectFrom('candles')
        .select(['interval_min', 'ts', 'open', 'high', 'low', 'close', 'volume'])
        .where('instrument_key', '=', instrument.key)
        .where('source_key', '=', source.key)
        .orderBy('interval_min')
        .orderBy('ts')
      const bars = await readArrays(query.compile())
      if (bars.length === 0) continue
      rows += bars.length
      hash.update(`${instrument.exchange}:${instrument.symbol} ${source.id} ${bars.length}\n`)
      hash.update(Float64Array.from(bars.flat() as number[]))
    }
  }
  return { rows, sha256: hash.digest('hex') }
}

/** Returns how many candles are stored. */
export async function countCandles({ reader }: Database): Promise<number> {
  const counted = reader.selectFrom('candles').select(({ fn }) => fn.countAll<number>().as('count'))
  return Number((await counted.executeTakeFirstOrThrow()).count)
}
