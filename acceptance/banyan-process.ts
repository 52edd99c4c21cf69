import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../apps/server/src/main.ts', import.meta.url))
const root = fileURLToPath(new URL('..', import.meta.url))

/** The program as an operator runs it: a process with an environment, a port and what it prints. */
export interface BanyanProcess {
  readonly origin: string
  readonly pid: number
  /** Everything printed so far, both streams. */
  output(): string
  /** Resolves with the exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>
  /** Sends the signal and resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Returns a port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Returns a new folder and a function that removes it. */
export function temporaryFolder(prefix = 'banyan-'): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), prefix))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Starts the server in `folder`, the project's unless told, and does not wait: for starts that are meant to fail. */
export async function launchBanyan(environment: Record<string, string>, folder = root): Promise<BanyanProcess> {
  const port = environment['PORT'] ?? String(await freePort())
  const child = spawn(process.execPath, [main], {
    cwd: folder,
    env: { PATH: process.env['PATH'], METRICS_PORT: '0', LOG_LEVEL: 'info', ...environment, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return describeProcess(child, `http://127.0.0.1:${port}`)
}

/** Starts the server and resolves when `/readyz` answers 200; rejects with its output when it ends before, or after `timeoutMs`. */
export async function startBanyan(environment: Record<string, string>, timeoutMs = 120_000): Promise<BanyanProcess> {
  return becomeReady(await launchBanyan(environment), timeoutMs)
}

/** Resolves when `/readyz` answers 200; otherwise as {@link startBanyan}. */
export async function becomeReady(banyan: BanyanProcess, timeoutMs = 120_000): Promise<BanyanProcess> {
  const deadline = Date.now() + timeoutMs
  let ended = false
  void banyan.exited.then(() => {
    ended = true
  })
  while (Date.now() < deadline && !ended) {
    if (await isReady(banyan.origin)) return banyan
    await sleep(50)
  }
  await banyan.stop('SIGKILL')
  throw new Error(`The server did not become ready:\n${banyan.output()}`)
}

async function isReady(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/readyz`)
    await response.arrayBuffer()
    return response.status === 200
  } catch (error) {
    if (error instanceof TypeError) return false // not listening yet
    throw error
  }
}

function describeProcess(child: ChildProcess, origin: string): BanyanProcess {
  let text = ''
  const append = (chunk: Buffer) => {
    text += chunk.toString('utf8')
  }
  child.stdout?.on('data', append)
  child.stderr?.on('data', append)
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve(code))
  })
  return {
    origin,
    pid: child.pid ?? -1,
    output: () => text,
    exited,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal)
      return exited
    },
  }
}
