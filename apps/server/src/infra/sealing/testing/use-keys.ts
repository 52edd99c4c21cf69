// A process of its own that opens the folder when it is told to go. Arguments: folder, how often to rotate.
import { once } from 'node:events'
import { createSystemClock } from '../../clock.ts'
import { openKeyFolder } from '../keyring.ts'

const [folder = '', rotations = '0'] = process.argv.slice(2)
process.stdout.write('ready')
await once(process.stdin, 'data')
const keys = openKeyFolder(folder, createSystemClock())
for (let i = 0; i < Number(rotations); i++) keys.rotate()
process.stdout.write(JSON.stringify({ fingerprint: keys.fingerprint(), issuer: keys.issuer }))
process.stdin.destroy()
