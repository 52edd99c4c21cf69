import { join } from 'node:path'
import { takeBackup } from '../../apps/server/src/infra/database/backup/take-backup.ts'

/** Takes one backup after the other until it is killed. Arguments: data folder, folder for the backups. */
const [homeDir = '', target = ''] = process.argv.slice(2)
for (let number = 0; ; number++) {
  await takeBackup({
    homeDir,
    target: join(target, `${number}.db`),
    clock: { now: () => 0 },
    copyThroughServer: () => Promise.reject(new Error('Nobody else holds the folder.')),
  })
  process.stdout.write('taken\n')
}
