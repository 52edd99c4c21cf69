import { writeSync } from 'node:fs'
import { openDatabase } from '../../apps/server/src/infra/database/open-database.ts'
import { DataFolderInUseError } from '../../apps/server/src/infra/database/start-errors.ts'

/** Opens the data folder and holds it until it is killed, or ends with the refusal's exit code. Argument: the folder. */
const homeDir = process.argv[2] ?? ''
try {
  await openDatabase(
    { kind: 'sqlite', homeDir },
    {
      clock: { now: () => 0 },
      onBackgroundError(error) {
        throw error
      },
    },
  )
  writeSync(1, 'held\n')
  setInterval(() => undefined, 60_000)
} catch (error) {
  if (!(error instanceof DataFolderInUseError)) throw error
  writeSync(1, `${error.message}\n`)
  process.exitCode = error.exitCode
}
