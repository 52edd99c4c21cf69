import { describe, expect, it } from 'vitest'
import { listImportedSums, readImportRevision } from '../imported-files.ts'
import { adjustmentOf, factOf, fileOf } from './candle-batches.ts'
import { countRows, type StoreContext } from './store-context.ts'

/** Says what every engine must do with whole files and whole transactions. */
export function describeTransactions(given: StoreContext): void {
  describe('files', () => {
    it('finds a file by its bytes and its source', async () => {
      await given.tx.commit(fileOf())
      expect(await given.stores.imports.findImportedFile(fileOf().sha256, 'nse')).toEqual(fileOf())
      expect(await given.stores.imports.findImportedFile(fileOf().sha256, 'yahoo')).toBeNull()
      expect(await given.stores.imports.findImportedFile('b'.repeat(64), 'nse')).toBeNull()
    })

    it('tells which bytes are known, and by a revision that something was imported', async () => {
      const before = await readImportRevision(given.stores.database)
      await given.tx.commit(fileOf())
      const unknown = 'b'.repeat(64)
      expect(await listImportedSums(given.stores.database, [fileOf().sha256, unknown])).toEqual(
        new Set([fileOf().sha256]),
      )
      expect(await listImportedSums(given.stores.database, [])).toEqual(new Set())
      expect(await readImportRevision(given.stores.database)).not.toBe(before)
    })

    it('replaces the record when a file is imported again', async () => {
      await given.tx.commit(fileOf())
      const again = await given.stores.imports.begin()
      const file = fileOf({ rowsStored: 9, rejects: {}, tradingDate: null })
      await again.commit(file)
      expect(await given.stores.imports.findImportedFile(file.sha256, 'nse')).toEqual(file)
    })

    it('leaves nothing of a file that was rolled back', async () => {
      const touched = await given.putDaily([100, 500])
      await given.tx.recordSuspectJumps([touched])
      await given.tx.putAdjustments([adjustmentOf(touched.instrumentKey, null, '2024-01-05')])
      await given.tx.rollback()
      expect(await countRows(given.stores)).toBe(0)
    })

    it('shows nothing of a file before it is committed', async () => {
      await given.putDaily([100, 101])
      expect(await given.instruments().listInstruments()).toEqual([])
      await given.tx.commit(fileOf())
      expect(await given.instruments().listInstruments()).toHaveLength(1)
    })

    it('takes no more rows once the file has ended', async () => {
      await given.tx.commit(fileOf())
      await expect(given.tx.putInstruments([factOf('TCS')])).rejects.toThrow('has ended')
      await expect(given.tx.commit(fileOf())).rejects.toThrow('has ended')
      expect(await given.instruments().listInstruments()).toEqual([])
    })

    it('stays usable after a file that failed', async () => {
      await given.putDaily([100])
      await expect(given.tx.putAdjustments([adjustmentOf(-1, null, '2024-01-05')])).rejects.toThrow()
      await given.tx.rollback()
      given.tx = await given.stores.imports.begin()
      await given.putDaily([100])
      await given.tx.commit(fileOf())
      expect(await given.instruments().listInstruments()).toHaveLength(1)
    })
  })

  describe('database', () => {
    it('answers a ping', async () => {
      await expect(given.stores.database.ping()).resolves.toBeUndefined()
    })

    it('stores one of fifty rows with one key', async () => {
      await given.tx.rollback()
      const writes = Array.from({ length: 50 }, (_, n) =>
        given.stores.database.writer.transaction().execute(async (trx) => {
          await trx
            .insertInto('settings')
            .values({ name: 'only', value: `${n}` })
            .execute()
        }),
      )
      const outcomes = await Promise.allSettled(writes)
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
      expect(await countRows(given.stores)).toBe(1)
    })

    it('rolls a failed transaction back whole', async () => {
      await given.tx.rollback()
      const failing = given.stores.database.writer.transaction().execute(async (trx) => {
        await trx.insertInto('settings').values({ name: 'a', value: '1' }).execute()
        await trx.insertInto('settings').values({ name: 'a', value: '2' }).execute()
      })
      await expect(failing).rejects.toThrow()
      expect(await countRows(given.stores)).toBe(0)
    })
  })
}
