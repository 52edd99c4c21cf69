import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSqlitePlace } from '../../infra/database/testing/open-stores.ts'
import { createPostgresPlaces } from '../../infra/database/testing/postgres-places.ts'
import { fixtures, openImportBench } from './testing/import-bench.ts'
import { zipBytes } from './testing/zip-bytes.ts'

type Bench = Awaited<ReturnType<typeof openImportBench>>

let bench: Bench
let folder: string

beforeEach(async () => {
  bench = await openImportBench(await createSqlitePlace())
  folder = mkdtempSync(join(tmpdir(), 'banyan-import-'))
})
afterEach(async () => {
  await bench.close()
  rmSync(folder, { recursive: true })
})

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('every format', () => {
  it('reads NSE end-of-day cells with leading spaces and missing delivery, and leaves bonds out', async () => {
    const { only, rejected } = await bench.run([fixtures('ok/sec_bhavdata_full_19082026.csv')])
    expect(only).toMatchObject({ outcome: 'imported', format: 'nse-sec-bhavdata', rowsRead: 3, rowsStored: 2 })
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([[4, 'unknown_series']])
    expect(await bench.bars('ALPHAX', 'nse')).toEqual([['2026-08-19T00:00', 101, 104, 99.5, 103, 1200]])
    expect(await bench.bars('M&MZ', 'nse')).toEqual([['2026-08-19T00:00', 50.5, 51, 49, 50.1, 300]])
  })

  it('reads the legacy bhavcopy with its trailing comma', async () => {
    const { only } = await bench.run([fixtures('ok/cm04JUL2024bhav.csv')])
    expect(only).toMatchObject({ outcome: 'imported', format: 'nse-cm-bhav', rowsRead: 2, rowsStored: 2 })
    expect(await bench.bars('ALPHAX', 'nse')).toEqual([['2024-07-04T00:00', 90, 92.5, 89, 91.75, 5000]])
    expect(await bench.find('ALPHAX')).toMatchObject({ isin: 'INE901Z01018', series: 'EQ' })
  })

  it('EX-7: reads UDiFF of NSE; a placeholder ISIN makes no instrument', async () => {
    const { only, rejected } = await bench.run([fixtures('ok/BhavCopy_NSE_CM_0_0_0_20260820_F_0000.csv')])
    expect(only).toMatchObject({ format: 'udiff', rowsRead: 3, rowsStored: 2, rejects: { not_an_instrument: 1 } })
    expect(rejected[0]).toMatchObject({ line: 4, reason: 'not_an_instrument', detail: 'ISIN "DUM418H01029"' })
    expect(await bench.find('DUMMYALCAR')).toBeNull()
    expect(await bench.find('ALPHAX')).toMatchObject({ name: 'ALPHA X LIMITED' })
  })

  it('reads UDiFF of BSE under its own exchange and source, with the scrip code as an alias', async () => {
    const { only } = await bench.run([fixtures('ok/BhavCopy_BSE_CM_0_0_0_20260820_F_0000.CSV')])
    expect(only).toMatchObject({ format: 'udiff', rowsStored: 1, rejects: { unknown_series: 1 } })
    expect(await bench.bars('ALPHAX', 'bse', 'BSE')).toEqual([['2026-08-20T00:00', 103.1, 106.1, 102.1, 105.4, 150]])
    const alias = { upstream: 'bse-code', name: 'BSE:999001' }
    expect(await bench.instruments.listAliases()).toContainEqual(expect.objectContaining(alias))
  })

  it('reads the index provider’s daily file under the indices’ short names', async () => {
    const { only } = await bench.run([fixtures('ok/ind_close_all_20082026.csv')])
    expect(only).toMatchObject({ format: 'index-close-all', rowsRead: 3, rowsStored: 3 })
    expect(await bench.bars('NIFTY FIN SERVICE', 'indices')).toEqual([
      ['2026-08-20T00:00', 21000, 21100, 20900, 21050, 0],
    ])
    expect(await bench.find('NIFTY 50')).toMatchObject({ kind: 'index' })
  })

  it('reads a table of minutes with any order, case and delimiter; a time without offset is IST', async () => {
    const { only } = await bench.run([fixtures('ok/minutes.csv')])
    expect(only).toMatchObject({ format: 'ohlcv', rowsStored: 3, rejects: {} })
    expect(await bench.bars('ALPHAX', 'csv')).toEqual([
      ['2026-08-20T09:15', 100, 101, 99.5, 100.5, 100],
      ['2026-08-20T09:16', 100.5, 100.75, 100, 100.25, 50],
    ])
    expect((await bench.bars('M&MZ', 'csv'))?.[0]?.[0]).toBe('2026-08-20T09:15')
  })

  it('files index rows under the sources they name, two spellings under one index', async () => {
    const { only } = await bench.run([fixtures('ok/index_daily.csv')])
    expect(only).toMatchObject({ rowsStored: 3, rejects: {} })
    expect(await bench.bars('NIFTY PVT BANK', 'nse:invented')).toHaveLength(1)
    expect(await bench.bars('NIFTY PVT BANK', 'yahoo:invented')).toHaveLength(1)
    expect(await bench.bars('SENSEX', 'nse:invented', 'BSE')).toHaveLength(1)
  })

  it('reads Kite’s list: shares under their plain symbol, bonds and derivatives apart, wrong tokens refused', async () => {
    const { only, rejected } = await bench.run([fixtures('ok/kite.csv')])
    expect(only).toMatchObject({ format: 'instruments-kite', rowsRead: 6, rowsStored: 5 })
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([[7, 'unparsable']])
    expect(await bench.find('ALPHAX')).toMatchObject({ name: 'ALPHA, "X" LIMITED', tickSize: '0.05', lotSize: 1 })
    expect(await bench.find('M&MZ')).toMatchObject({ series: 'BE', kind: 'equity', name: null })
    expect(await bench.find('71ZZ2030-SG')).toMatchObject({ kind: 'bond', series: 'SG' })
    expect(await bench.find('NIFTY PVT BANK')).toMatchObject({ kind: 'index', tickSize: null })
    const aliases = (await bench.instruments.listAliases()).map(({ upstream, name }) => `${upstream} ${name}`)
    expect(aliases).toContain('kite M&MZ-BE')
    expect(aliases).toContain('kite-token 256257')
    expect(aliases).toContain('kite NFO:ALPHAX26AUGFUT')
  })

  it('reads ICICI’s masters: latin-1, text tokens, codes as aliases', async () => {
    const { results } = await bench.run([fixtures('ok/icici-nse.txt'), fixtures('ok/icici-bse.txt')])
    expect(results[0]).toMatchObject({ format: 'instruments-icici', rowsRead: 4, rowsStored: 2 })
    expect(results[0]?.rejects).toEqual({ unknown_series: 1, not_an_instrument: 1 })
    expect(await bench.find('ALPHAX')).toMatchObject({ name: 'ALPHA É LIMITED', tickSize: null })
    const aliases = (await bench.instruments.listAliases()).map(({ upstream, name }) => `${upstream} ${name}`)
    expect(aliases).toEqual(['breeze ALPCOD', 'breeze BSE:ALPCOD', 'breeze CNXBAN', 'bse-code BSE:999001'].sort())
  })

  it('reads member lists, symbol maps and our own lists', async () => {
    const lists = ['members.csv', 'symbol_map.csv', 'banyan-instruments.csv'].map((name) => fixtures(`ok/${name}`))
    const { results } = await bench.run(lists)
    expect(results.map((one) => [one.format, one.rowsStored])).toEqual([
      ['constituents', 1],
      ['symbol-map', 1],
      ['instruments-banyan', 2],
    ])
    expect(await bench.find('ALPHAX')).toMatchObject({ sector: 'Information Technology', tickSize: '0.05' })
    expect(await bench.find('ALPHAX', 'BSE')).toMatchObject({ isin: 'INE901Z01018' })
    expect(await bench.find('NIFTY PVT BANK')).toMatchObject({ kind: 'index', sector: 'Private Bank' })
    expect(await bench.find('DUMMYALCAR')).toBeNull()
  })

  it('reads factors, refuses those below 1 unless shares were consolidated, and binds them to NSE’s prices', async () => {
    const { only } = await bench.run([fixtures('ok/factors.csv')])
    expect(only).toMatchObject({ format: 'adjustments', rowsRead: 3, rowsStored: 2, rejects: { bad_factor: 1 } })
    await bench.run([fixtures('ok/cm04JUL2024bhav.csv')])
    const key = (await bench.find('ALPHAX'))?.key ?? 0
    const [extent] = await bench.candles.listExtents(key)
    expect(await bench.candles.listAdjustments(key, extent?.source.key ?? 0)).toEqual([
      { exDate: '2024-08-01', factor: 2, kind: 'bonus', source: 'circular 12' },
    ])
  })
})

describe('rows that cannot be', () => {
  const names = readdirSync(fixtures('not-ok')).map((name) => name.replace('.csv', ''))

  it.each(names)('rejects a row for %s on its line and keeps the others', async (reason) => {
    const { only, rejected } = await bench.run([fixtures(`not-ok/${reason}.csv`)])
    expect(rejected.map((row) => [row.line, row.reason])).toEqual([[3, reason]])
    expect(only).toMatchObject({ outcome: 'imported', rowsRead: 2, rowsStored: 1, rejects: { [reason]: 1 } })
  })

  it('has a fixture for every reason', async () => {
    const { rejectReasons } = await import('./index.ts')
    expect(names.sort()).toEqual([...rejectReasons].sort())
  })

  it.each([
    [100.0001, null],
    [100.0002, 'price_outside_high_low'],
  ])('lets a close of %s above a high of 100 pass only as rounding noise', async (close, reason) => {
    const row = `ALPHAX,2026-08-19,99,100,98,${close},5`
    const { rejected } = await bench.run([write('a.csv', `symbol,date,open,high,low,close,volume\n${row}\n`)])
    expect(rejected[0]?.reason ?? null).toBe(reason)
  })
})

describe('files that cannot be', () => {
  it.each([
    ['web-page.csv', /web page/],
    ['unknown.csv', /columns a, b, c.*expected/],
    ['empty.csv', /empty/],
    ['header-only.csv', /header and no rows/],
    ['no-symbol.csv', /--symbol/],
    ['three-minutes.csv', /3 minutes apart.*--interval/],
    ['sec_bhavdata_full_20082026.csv', /named for 2026-08-20 and holds rows of 2026-08-19/],
    ['cut-off.csv.gz', /damaged or cut off/],
    ['damaged.zip', /zip archive is damaged/],
    ['binary.csv', /not text/],
  ])('refuses %s with a sentence and stores nothing', async (name, sentence) => {
    const { only, summary } = await bench.run([fixtures(`refused/${name}`)])
    expect(only?.outcome).toBe('failed')
    expect(only?.sentence).toMatch(sentence)
    expect(summary).toMatchObject({ rowsRead: 0, rowsStored: 0, files: { failed: 1, imported: 0 } })
    expect(await bench.instruments.listInstruments()).toEqual([])
  })

  it('does not take lists derived from candles for candles', async () => {
    const { only } = await bench.run([fixtures('steps.csv')])
    expect(only).toMatchObject({ outcome: 'skipped', sentence: expect.stringContaining('not candles') })
  })

  it('reports a path that is not there and goes on', async () => {
    const { results } = await bench.run([join(folder, 'nothing'), fixtures('ok/minutes.csv')])
    expect(results.map((one) => one.outcome)).toEqual(['failed', 'imported'])
  })

  it('refuses a zip entry that unpacks to far more than its size', async () => {
    const rows = `${'x'.repeat(60_000)}\n`.repeat(800)
    const path = write('bomb.zip', zipBytes({ 'a.csv': `symbol,date,open,high,low,close\n${rows}` }))
    expect((await bench.run([path])).only?.sentence).toMatch(/200 times/)
  })
})

describe('options', () => {
  it('takes symbol, interval, source and column names from the user', async () => {
    const path = write(
      'prices.csv',
      'When,Open,High,Low,Close,Adj Close,Volume\n2026-08-19 15:30:00,10,12,9,11,5.5,7\n',
    )
    const { only } = await bench.run([path], {
      symbol: 'NSE:ALPHAX' as never,
      interval: 'day',
      source: 'mine',
      columns: new Map([
        ['time', 'when'],
        ['open', 'adj close'],
      ]),
    })
    expect(only).toMatchObject({ rowsStored: 0, rejects: { price_outside_high_low: 1 } })
    const columns = new Map([['time', 'When']] as const)
    await bench.run([path], { symbol: 'NSE:ALPHAX' as never, interval: 'day', source: 'mine', columns, again: true })
    expect(await bench.bars('ALPHAX', 'mine')).toEqual([['2026-08-19T00:00', 10, 12, 9, 11, 7]])
  })

  it('says which mapped column is missing', async () => {
    const { only } = await bench.run([fixtures('ok/minutes.csv')], { columns: new Map([['close', 'Adj Close']]) })
    expect(only?.sentence).toContain('no column "Adj Close"')
  })
})

describe('one share under several names', () => {
  it('joins a history over a former symbol that a list told', async () => {
    await bench.run([fixtures('ok/banyan-instruments.csv'), fixtures('ok/cm04JUL2024bhav.csv')])
    await bench.run([fixtures('ok/BhavCopy_NSE_CM_0_0_0_20260820_F_0000.csv')])
    expect((await bench.bars('NEWNAME', 'nse'))?.map((bar) => bar[0])).toEqual(['2024-07-04T00:00', '2026-08-20T00:00'])
    expect(await bench.find('OLDNAME')).toBeNull()
  })

  it('joins it by ISIN when nobody told, and remembers the other symbol', async () => {
    await bench.run([fixtures('ok/cm04JUL2024bhav.csv'), fixtures('ok/BhavCopy_NSE_CM_0_0_0_20260820_F_0000.csv')])
    const key = (await bench.find('OLDNAME'))?.key
    expect(await bench.bars('OLDNAME', 'nse')).toHaveLength(2)
    expect(await bench.instruments.listAliases()).toContainEqual({ upstream: 'symbol', name: 'NSE:NEWNAME', key })
  })
})

describe('packing', () => {
  const table = 'symbol,date,open,high,low,close,volume\nALPHAX,2026-08-19,100,105,99,104,1000\n'
  const other = table.replace('ALPHAX', 'BETAY')

  it('reads gz and zip, also gz in zip, and each entry of an archive as a file of its own', async () => {
    const gz = write('one.csv.gz', gzipSync(table))
    const zip = write(
      'two.zip',
      zipBytes({ 'x/': '', 'x/b.csv': other, 'x/a.csv.gz': gzipSync(table.replace('104', '103')) }),
    )
    const { results } = await bench.run([gz, zip], { source: 'mine' })
    expect(results.map((one) => [one.outcome, one.inserted, one.replaced])).toEqual([
      ['imported', 1, 0],
      ['imported', 0, 1],
      ['imported', 1, 0],
    ])
    expect(results[1]?.file).toBe(`${zip}!x/a.csv.gz`)
    expect((await bench.run([zip], { source: 'mine' })).summary.files).toMatchObject({ unchanged: 2 })
  })

  it('goes on with an archive’s other entries when one fails', async () => {
    const zip = write('two.zip', zipBytes({ 'a.csv': 'nothing,known\n1,2\n', 'b.csv': table }))
    expect((await bench.run([zip])).summary.files).toMatchObject({ failed: 1, imported: 1 })
  })

  it('reads folders in order of names and only data files', async () => {
    mkdirSync(join(folder, 'b'))
    writeFileSync(join(folder, 'b', 'a.csv'), table)
    write('c.csv', other)
    write('a.md', '# no data')
    write('.hidden.csv', table)
    const { results } = await bench.run([folder])
    expect(results.map((one) => [one.file.slice(folder.length + 1), one.outcome])).toEqual([
      ['a.md', 'skipped'],
      ['b/a.csv', 'imported'],
      ['c.csv', 'imported'],
    ])
  })
})

describe('again and again', () => {
  const everything = () => fixtures('ok')

  it('changes nothing the second time, under the same source', async () => {
    await bench.run([everything()])
    const before = await bench.bars('ALPHAX', 'nse')
    const { summary } = await bench.run([everything()])
    expect(summary).toMatchObject({ rowsRead: 0, files: { imported: 0, failed: 0 } })
    expect(summary.files.unchanged).toBe(readdirSync(everything()).length)
    expect(await bench.bars('ALPHAX', 'nse')).toEqual(before)
    expect((await bench.run([fixtures('ok/minutes.csv')], { source: 'other' })).only?.outcome).toBe('imported')
  })

  it('tells changed rows from identical ones when a file comes back different', async () => {
    const path = write(
      'a.csv',
      'symbol,date,open,high,low,close,volume\nA,2026-08-18,1,2,1,2,5\nA,2026-08-19,1,2,1,2,5\n',
    )
    await bench.run([path], { source: 'mine' })
    writeFileSync(path, readFileSync(path, 'utf8').replace('08-19,1,2,1,2', '08-19,1,3,1,3'))
    expect((await bench.run([path], { source: 'mine' })).only).toMatchObject({
      rowsStored: 2,
      inserted: 0,
      replaced: 1,
    })
  })

  it('rolls an aborted file back, keeps finished ones and ends in the same state when run again', async () => {
    cpSync(fixtures('ok'), join(folder, 'ok'), { recursive: true })
    const abort = new AbortController()
    const rows = Array.from({ length: 40_000 }, (_, i) => `A${i},2026-08-19,1,2,1,2,5\n`).join('')
    const large = write('z.csv', `symbol,date,open,high,low,close,volume\n${rows}`)
    const begin = bench.stores.imports.begin
    bench.stores.imports.begin = async () => {
      const transaction = await begin()
      const putCandles: typeof transaction.putCandles = async (...args) => {
        if (args[0].length > 5000) abort.abort(new Error('stop'))
        return transaction.putCandles(...args)
      }
      return { ...transaction, putCandles }
    }
    const { summary } = await bench.run([folder], {}, abort.signal)
    expect(summary).toMatchObject({ aborted: true, files: { failed: 0 } })
    expect(await bench.find('A1')).toBeNull()
    bench.stores.imports.begin = begin
    const again = await bench.run([folder])
    expect(again.summary.files).toMatchObject({ imported: 1, unchanged: summary.files.imported })
    expect(again.results.at(-1)).toMatchObject({ file: large, rowsStored: 40_000 })
  })

  it('stores nothing of a file that is found wrong in its last row', async () => {
    const lines = readFileSync(fixtures('not-ok/wrong_date.csv'), 'utf8')
    const path = write('sec_bhavdata_full_19082026.csv', lines)
    const { only } = await bench.run([path])
    expect(only?.sentence).toMatch(/named for 2026-08-19 and holds rows of 2026-08-18/)
    expect(await bench.instruments.listInstruments()).toEqual([])
  })

  it('reads a file anew when its bytes changed although its name did not', async () => {
    const path = join(folder, 'sec_bhavdata_full_19082026.csv')
    copyFileSync(fixtures('ok/sec_bhavdata_full_19082026.csv'), path)
    await bench.run([path])
    writeFileSync(path, readFileSync(path, 'utf8').replace(' 103.00,', ' 103.50,'))
    expect((await bench.run([path])).only).toMatchObject({ outcome: 'imported', replaced: 1 })
  })
})

describe('on PostgreSQL', async () => {
  const places = createPostgresPlaces(process.env)
  const isAbsent = await places.isAbsent()

  it.skipIf(isAbsent)('ends with the same rows as on SQLite, and changes nothing the second time', async () => {
    const postgres = await openImportBench(await places.createPlace())
    try {
      const here = await bench.run([fixtures('ok'), fixtures('not-ok')])
      const there = await postgres.run([fixtures('ok'), fixtures('not-ok')])
      expect({ ...there.summary, seconds: 0 }).toEqual({ ...here.summary, seconds: 0 })
      expect(there.rejected).toEqual(here.rejected)
      for (const source of ['nse', 'csv']) {
        expect(await postgres.bars('ALPHAX', source)).toEqual(await bench.bars('ALPHAX', source))
      }
      expect((await postgres.run([fixtures('ok')])).summary).toMatchObject({ rowsRead: 0, files: { imported: 0 } })
    } finally {
      await postgres.close()
    }
  })
})
