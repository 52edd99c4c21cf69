import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { InstalledClient } from './official-clients.ts'

const scripts = fileURLToPath(new URL('.', import.meta.url))
const limitMs = 45_000

export interface ClientReply<Reading> {
  readonly reading: Reading
  /** Null when it did not end by itself. */
  readonly exitCode: number | null
}

/**
 * Runs a script of this folder, one that loads an installed client, in a process of its own: the packages change what is global to a process
 * (upstreams.md §6). It lives in India, knows nothing of our environment, may read its script and the package alone, and may write and start
 * nothing. Resolves with the one line of JSON that it prints; rejects with what it said when there is none.
 */
export async function askClient<Reading>(
  { folder }: InstalledClient,
  script: URL,
  question: object,
): Promise<ClientReply<Reading>> {
  const allowed = ['--permission', `--allow-fs-read=${folder}`, `--allow-fs-read=${scripts}`]
  const child = spawn(process.execPath, [...allowed, fileURLToPath(script)], {
    cwd: folder,
    env: { TZ: 'Asia/Kolkata' },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: limitMs,
  })
  child.stdin.end(JSON.stringify({ ...question, folder }))
  const [printed, said, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  const line = printed.split('\n').find((candidate) => candidate.startsWith('{'))
  if (line === undefined)
    throw new Error(`${script.pathname} ended with ${exitCode} and without a reading:\n${printed}${said}`)
  return { reading: JSON.parse(line), exitCode }
}
