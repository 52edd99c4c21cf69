import { DataFolderUnusableError } from '../start-errors.ts'
import { checksumOf, type Engine, type Migration } from './migration.ts'

export interface AppliedMigration {
  readonly name: string
  readonly checksum: string
}

/**
 * Returns the migrations still to run, in order. Throws when the database was written by a newer release or when
 * a migration that ran is not the one this release knows under its name: then nothing may be touched.
 */
export function pendingMigrations(
  applied: readonly AppliedMigration[],
  known: readonly Migration[],
  engine: Engine,
): readonly Migration[] {
  applied.forEach((row, position) => {
    const migration = known[position]
    if (migration?.name !== row.name) {
      throw new DataFolderUnusableError(
        `The database has schema ${row.name}, which this release does not know. Run the newer release, or restore a backup.`,
      )
    }
    if (checksumOf(migration, engine) !== row.checksum) {
      throw new DataFolderUnusableError(
        `Migration ${row.name} was changed after it ran on this database. Run the release that made it, or restore a backup.`,
      )
    }
  })
  return known.slice(applied.length)
}
