// A process of its own that takes the lead and holds it until it is killed. Arguments: connection string, name.
import { createPostgresLeaderLock } from '../postgres-leader-lock.ts'

const [connectionString = '', name = ''] = process.argv.slice(2)
const held = await createPostgresLeaderLock({ connectionString, name }).acquire()
process.stdout.write(held ? 'held' : 'not held')
