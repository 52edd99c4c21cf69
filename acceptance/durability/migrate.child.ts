import type { DatabaseOptions } from '../../apps/server/src/infra/database/database.ts'
import { allMigrations } from '../../apps/server/src/infra/database/migrations/all-migrations.ts'
import { openDatabase } from '../../apps/server/src/infra/database/open-database.ts'
import { nextMigration } from '../../apps/server/src/infra/database/testing/test-migrations.ts'

/** Migrates and dies before the statement with the number given, counted over all migrations. Arguments: options as JSON, number. */
const options = JSON.parse(process.argv[2] ?? '') as DatabaseOptions
const lastStatement = Number(process.argv[3])
let statements = 0
await openDatabase(options, {
  clock: { now: () => 0 },
  migrations: [...allMigrations, nextMigration],
  onBackgroundError(error) {
    throw error
  },
  onMigrationStatement() {
    if (statements++ === lastStatement) process.kill(process.pid, 'SIGKILL')
  },
})
