import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { temporaryFolder } from '../banyan-process.ts'

/**
 * The packages and what each needs to load, exactly these versions. kiteconnect is MIT; breezeconnect states no licence, so nothing of it may
 * enter this repository. Neither has an install script, and none would run.
 */
const packages = {
  kiteconnect: ['kiteconnect@5.3.0'],
  // It requires adm-zip and does not declare it.
  breezeconnect: ['breezeconnect@1.0.31', 'adm-zip@0.6.1'],
} as const
export type OfficialClient = keyof typeof packages

/**
 * breezeconnect depends on placeholders that have the names of Node's own modules. Node never loads them, and registries may refuse them, so an
 * empty package takes their place.
 */
const placeholders = { fs: 'file:./placeholder', https: 'file:./placeholder' }

/** A client in a folder of its own, outside of the project and its dependencies. */
export interface InstalledClient {
  readonly folder: string
  remove(): void
}

/** Installs a client. Null, after saying so, when the registry cannot be reached; rejects with what npm said when anything else goes wrong. */
export async function installClient(client: OfficialClient): Promise<InstalledClient | null> {
  const { path, remove } = temporaryFolder(`${client}-`)
  const folder = realpathSync(path)
  mkdirSync(join(folder, 'placeholder'))
  writeFileSync(join(folder, 'placeholder/package.json'), JSON.stringify({ name: 'placeholder', version: '1.0.0' }))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, overrides: placeholders }))
  const { exitCode, said } = await runNpm(folder, packages[client])
  if (exitCode === 0) return { folder, remove }
  remove()
  const [, code] = unreachable.exec(said) ?? []
  if (code === undefined) throw new Error(`${client} cannot be installed:\n${said}`)
  process.stderr.write(`SKIPPED: npm's registry cannot be reached (${code}), so ${client} is not tried.\n`)
  return null
}

async function runNpm(folder: string, names: readonly string[]): Promise<{ exitCode: number; said: string }> {
  const npm = process.env['npm_execpath']
  if (npm === undefined) throw new Error('Start this through npm: npm run test:clients.')
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1']
  const words = ['install', '--ignore-scripts', '--no-save', '--prefix', folder, ...quiet, ...names]
  const child = spawn(process.execPath, [npm, ...words], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const [said, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'close')])
  return { exitCode, said }
}

/** npm's words for no network, no name, no answer, or a gateway that has none. */
const unreachable =
  /\bcode (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|E50[234])\b/
