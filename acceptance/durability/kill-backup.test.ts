import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashFile, readManifest } from '../../apps/server/src/infra/database/backup/backup-manifest.ts'
import { restoreBackup } from '../../apps/server/src/infra/database/backup/restore-backup.ts'
import { openDatabase } from '../../apps/server/src/infra/database/open-database.ts'
import { createTestFolder, testEnvironment } from '../../apps/server/src/infra/database/testing/open-stores.ts'
import { startChild } from './killed-child.ts'

const kills = 6
const rows = 4_000

describe('kill -9 at a random moment of a backup', () => {
  it('leaves no half file under the final name, and a database that opens', async () => {
    const folder = createTestFolder()
    const homeDir = join(folder.homeDir, 'home')
    await fillDatabase(homeDir)
    const target = join(folder.homeDir, 'backups')
    let whole = 0
    for (let round = 0; round < kills; round++) {
      const child = startChild(new URL('./take-backups.child.ts', import.meta.url), [homeDir, target])
      await child.waitFor('taken')
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 120))
      await child.kill()
      for (const name of readdirSync(target).filter((one) => one.endsWith('.db'))) {
        const manifest = readManifest(join(target, name))
        expect(await hashFile(join(target, name))).toBe(manifest.sha256)
        expect(manifest.rows).toMatchObject({ settings: rows })
        whole++
      }
      if (round < kills - 1) rmSync(target, { recursive: true })
    }
    expect(whole).toBeGreaterThanOrEqual(kills)
    await restoreBackup({ homeDir, file: join(target, '0.db'), clock: testEnvironment.clock })
    await (await openDatabase({ kind: 'sqlite', homeDir }, testEnvironment)).close()
    folder.remove()
  }, 60_000)
})

async function fillDatabase(homeDir: string): Promise<void> {
  const database = await openDatabase({ kind: 'sqlite', homeDir }, testEnvironment)
  const value = 'x'.repeat(1_000)
  await database.writer.transaction().execute(async (trx) => {
    for (let row = 0; row < rows; row++) {
      await trx
        .insertInto('settings')
        .values({ name: `row ${row}`, value })
        .execute()
    }
  })
  await database.close()
}
