import { writeSync } from 'node:fs'
import type { DatabaseOptions } from '../../apps/server/src/infra/database/database.ts'
import { openDatabase } from '../../apps/server/src/infra/database/open-database.ts'
import { openImportStore } from '../../apps/server/src/infra/database/open-import-store.ts'
import { batchOf, factOf, fileOf } from '../../apps/server/src/infra/database/testing/candle-batches.ts'
import { barsOfFile, barsPerBatch, batchesPerFile, hashOf } from './numbered-files.ts'

/**
 * Imports numbered files and commits numbered settings, one after the other, until it is killed. Each commit is acknowledged on
 * standard output after it returned: `file 7`, `setting 7`. Arguments: the database's options as JSON, the first number.
 */
const options = JSON.parse(process.argv[2] ?? '') as DatabaseOptions
const environment = {
  clock: { now: () => 0 },
  onBackgroundError(error: Error) {
    throw error
  },
}
const database = await openDatabase(options, environment)
const imports = await openImportStore(options, environment)
acknowledge('ready')
for (let number = Number(process.argv[3]); ; number++) {
  await importFile(number)
  acknowledge(`file ${number}`)
  await database.writer.transaction().execute(async (trx) => {
    await trx
      .insertInto('settings')
      .values({ name: `${number}`, value: 'a' })
      .execute()
    await trx
      .insertInto('settings')
      .values({ name: `${number} too`, value: 'b' })
      .execute()
  })
  acknowledge(`setting ${number}`)
}

/** Writes at once: a line that waits in a buffer would be lost with the process. */
function acknowledge(line: string): void {
  writeSync(1, `${line}\n`)
}

async function importFile(number: number): Promise<void> {
  const transaction = await imports.begin()
  const keys = await transaction.putInstruments([factOf(`FILE${number}`)])
  const source = await transaction.putSource({ id: 'nse', rank: 1, note: null })
  for (let batch = 0; batch < batchesPerFile; batch++) {
    await transaction.putCandles(batchOf(barsOfFile(number, batch)), keys, source)
  }
  await transaction.commit(fileOf({ sha256: hashOf(number), rowsStored: batchesPerFile * barsPerBatch }))
}
