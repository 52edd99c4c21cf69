import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { istMidnight } from '@banyan/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSqlitePlace } from '../../infra/database/testing/open-stores.ts'
import { createPostgresPlaces } from '../../infra/database/testing/postgres-places.ts'
import { openImportBench } from './testing/import-bench.ts'

const postgres = createPostgresPlaces(process.env)
const engines = [
  { engine: 'SQLite', isAbsent: false, createPlace: createSqlitePlace },
  { engine: 'PostgreSQL', isAbsent: await postgres.isAbsent(), createPlace: postgres.createPlace },
]

describe.each(engines)('tables of candles on $engine', ({ isAbsent, createPlace }) => {
  describe.skipIf(isAbsent)('whose source nobody named', () => {
    let bench: Awaited<ReturnType<typeof openImportBench>>
    let folder: string

    beforeEach(async () => {
      bench = await openImportBench(await createPlace())
      folder = mkdtempSync(join(tmpdir(), 'banyan-import-'))
    })
    afterEach(async () => {
      await bench.close()
      rmSync(folder, { recursive: true })
    })

    const header = 'symbol,date,open,high,low,close,volume'
    const write = (name: string, rows: readonly string[], head = header) => {
      const path = join(folder, name)
      writeFileSync(path, `${[head, ...rows].join('\n')}\n`)
      return path
    }
    const raw = ['ALPHAX,2026-08-18,100,105,99,104,10', 'ALPHAX,2026-08-19,104,106,103,105,20']
    const adjusted = ['ALPHAX,2026-08-17,49,51,48,50,30', 'ALPHAX,2026-08-18,50,52.5,49.5,52,20']
    const closes = async (source: string) => (await bench.bars('ALPHAX', source))?.map((bar) => bar[4])

    it('may not change stored rows: the file is rolled back and the sentence names the remedy', async () => {
      await bench.run([write('raw.csv', raw)])
      const { only, summary } = await bench.run([write('adjusted.csv', [...adjusted, 'BETAY,2026-08-18,1,2,1,2,5'])])
      expect(only?.outcome).toBe('failed')
      expect(only?.sentence).toBe(
        'The file differs from what is stored under csv: name its origin with --source, for example --source yahoo; ' +
          'to correct stored rows repeat with --source csv.',
      )
      expect(summary).toMatchObject({ rowsStored: 0, files: { failed: 1 } })
      expect(await closes('csv')).toEqual([104, 105])
      expect(await bench.find('BETAY')).toBeNull()
    })

    it('may add rows, and repeat rows that are the same', async () => {
      await bench.run([write('a.csv', raw)])
      const { only } = await bench.run([write('b.csv', [...raw, 'ALPHAX,2026-08-20,105,106,104,106,7'])])
      expect(only).toMatchObject({ outcome: 'imported', rowsStored: 3, inserted: 1, replaced: 0 })
    })

    it('corrects rows under csv when csv is named, and lies apart under another name', async () => {
      await bench.run([write('raw.csv', raw)])
      const path = write('adjusted.csv', adjusted)
      expect((await bench.run([path], { source: 'yahoo' })).only).toMatchObject({ inserted: 2, replaced: 0 })
      expect(await closes('csv')).toEqual([104, 105])
      expect((await bench.run([path], { source: 'csv' })).only).toMatchObject({ inserted: 1, replaced: 1 })
      expect(await closes('csv')).toEqual([50, 52, 105])
    })

    it('does not hold for rows that name their source, nor for a format that implies one', async () => {
      const rows = raw.map((row) => `${row},mine`)
      await bench.run([write('a.csv', rows, `${header},source`)])
      const corrected = rows.map((row) => row.replace('105,20', '106,20'))
      const { only } = await bench.run([write('b.csv', corrected, `${header},source`)])
      expect(only).toMatchObject({ outcome: 'imported', replaced: 1 })
      const bhavcopy = (close: string) => write('c.csv', [`ALPHAX,EQ,90,95,89,${close},91,5,04-JUL-2024,1,`], cmHeader)
      await bench.run([bhavcopy('92')])
      expect((await bench.run([bhavcopy('93')])).only).toMatchObject({ outcome: 'imported', replaced: 1 })
    })

    it('lists new jumps under the names of instrument and source, the newest first', async () => {
      const rows = [100, 20, 20, 90].map((close, i) => `ALPHAX,2026-08-${10 + i},${close},${close},${close},${close},1`)
      const other = ['BETAY,2026-08-11,10,10,10,10,1', 'BETAY,2026-08-12,50,50,50,50,1']
      const { only, summary } = await bench.run([write('a.csv', [...rows, ...other])], { source: 'mine' })
      const alpha = { instrument: 'NSE:ALPHAX', source: 'mine' }
      const expected = [
        { ...alpha, time: istMidnight('2026-08-13'), previousClose: 20, close: 90 },
        { instrument: 'NSE:BETAY', source: 'mine', time: istMidnight('2026-08-12'), previousClose: 10, close: 50 },
        { ...alpha, time: istMidnight('2026-08-11'), previousClose: 100, close: 20 },
      ]
      expect(only).toMatchObject({ suspectJumps: 3, newestJumps: expected })
      expect(summary).toMatchObject({ suspectJumps: 3, newestJumps: expected })
    })

    it('lists at most 50 jumps and counts all', async () => {
      const rows = Array.from({ length: 70 }, (_, i) => {
        const close = i % 2 === 0 ? 100 : 10
        return `ALPHAX,${new Date(Date.UTC(2026, 4, 1 + i)).toISOString().slice(0, 10)},${`${close},`.repeat(4)}1`
      })
      const { only } = await bench.run([write('a.csv', rows)], { source: 'mine' })
      expect(only?.suspectJumps).toBe(69)
      expect(only?.newestJumps).toHaveLength(50)
      expect(only?.newestJumps[0]?.time).toBe(istMidnight('2026-07-09'))
    })
  })
})

const cmHeader = 'SYMBOL,SERIES,OPEN,HIGH,LOW,CLOSE,PREVCLOSE,TOTTRDQTY,TIMESTAMP,TOTTRDVAL,'
