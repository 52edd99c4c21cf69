import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSqlitePlace } from '../../infra/database/testing/open-stores.ts'
import { ImportFileError } from './import-file-error.ts'
import { importTable } from './import-table.ts'
import { defaultImportOptions, type RejectedRow } from './index.ts'
import { loadInstrumentLookup } from './instrument-lookup.ts'
import { openImportBench } from './testing/import-bench.ts'

let bench: Awaited<ReturnType<typeof openImportBench>>
let files = 0

beforeAll(async () => {
  bench = await openImportBench(await createSqlitePlace())
})
afterAll(async () => bench.close())

async function importBytes(bytes: Uint8Array) {
  const rejected: RejectedRow[] = []
  const outcome = await importTable(
    {
      label: 'memory',
      name: 'memory.csv',
      sha256: String(++files),
      bytes: bytes.length,
      open: async () => Readable.from([Buffer.from(bytes)]),
    },
    {
      options: defaultImportOptions,
      store: bench.stores.imports,
      lookup: await loadInstrumentLookup(bench.instruments),
      clock: { now: () => Date.UTC(2026, 7, 21) },
      signal: new AbortController().signal,
      onProgress: () => undefined,
      onRejected: (rows) => rejected.push(...rows),
    },
  ).catch((error: unknown) => {
    if (error instanceof ImportFileError) return null
    throw error
  })
  return { outcome, rejected }
}

const cell = fc.oneof(
  fc.constantFrom(
    'ALPHAX',
    '2026-08-19',
    '1',
    '0',
    '-1',
    '1e400',
    'NaN',
    'Infinity',
    '',
    ' ',
    '"',
    '0x10',
    '1,2',
    'é',
    '\u0000',
  ),
  fc.double().map(String),
  fc.string({ maxLength: 12 }),
)
const headers = fc.constantFrom(
  'symbol,date,open,high,low,close,volume',
  'index,date,open,high,low,close,volume,source',
  'symbol,ex_date,factor',
  'exchange,symbol,name,isin,kind,series,sector,lot_size,tick_size,aliases',
  'instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange',
  '"Token","ShortName","Series","CompanyName","ISINCode","ExchangeCode"',
)

it('gives rows or typed rejections for any cells under any header, and loses none', async () => {
  const table = fc.tuple(headers, fc.array(fc.array(cell, { maxLength: 12 }), { minLength: 1, maxLength: 12 }))
  await fc.assert(
    fc.asyncProperty(table, async ([header, rows]) => {
      const text = `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`
      const { outcome, rejected } = await importBytes(Buffer.from(text))
      if (outcome === null) return
      expect(outcome.tally.rowsStored + rejected.length).toBe(outcome.tally.rowsRead)
      const counted = Object.values(outcome.tally.rejects).reduce((sum, count) => sum + count, 0)
      expect(counted).toBe(rejected.length)
    }),
    { numRuns: 150 },
  )
})

it('refuses or reads any bytes, and never fails otherwise', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const { outcome } = await importBytes(bytes)
      expect(outcome === null || outcome.tally.rowsRead >= 0).toBe(true)
    }),
    { numRuns: 150 },
  )
})

it('stores only finite prices', async () => {
  const table = await bench.stores.database.reader
    .selectFrom('candles')
    .select(['open', 'high', 'low', 'close', 'volume'])
    .execute()
  expect(table.flatMap((row) => Object.values(row)).every(Number.isFinite)).toBe(true)
})
