import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../apps/sandbox/src/main.ts', import.meta.url))

/** The sandbox as a user runs it: a process that says with which settings Banyan uses it. */
export interface SandboxProcess {
  /** Settings of Banyan, as it printed them. */
  readonly settings: Readonly<Record<string, string>>
  /** Sets a fault of a broker (docs/guides/sandbox.md). */
  setFault(provider: SandboxBroker, fault: SandboxFault): Promise<void>
  /** Ends all faults of a broker; its port is open again. */
  clearFaults(provider: SandboxBroker): Promise<void>
  /** The last 10,000 calls of a broker, oldest first. */
  log(provider: SandboxBroker): Promise<readonly SandboxCall[]>
  /** Sets, stops or resumes the clock and returns the instant at which it stands, in milliseconds since 1970. */
  setClock(change: SandboxClockChange): Promise<number>
  stop(): Promise<void>
}

interface SandboxClockChange {
  /** A time with its offset. */
  readonly set?: string
  readonly frozen?: boolean
}

export type SandboxBroker = 'zerodha' | 'icici'

export interface SandboxFault {
  /** `status:503`: kind and, after a colon, argument. */
  readonly fault: string
  readonly operation?: string
  readonly count?: number
}

/** What tests read of a logged call. */
export interface SandboxCall {
  readonly number: number
  /** An ISO time with its offset. */
  readonly at: string
  readonly operation: string | null
  /** Null where none was sent. */
  readonly status: number | null
  /** Secrets are masked, equal ones alike. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface SandboxProcessOptions {
  /** Where people come back to after signing in. */
  readonly banyanUrl: string
  /** Folder for the file of portfolios. */
  readonly folder: string
  readonly portfolios?: object
}

export async function startSandboxProcess(options: SandboxProcessOptions): Promise<SandboxProcess> {
  const ports = ['zerodha', 'icici', 'yahoo', 'exchange'].flatMap((provider) => [`--${provider}-port`, '0'])
  const words = [...ports, '--banyan-url', options.banyanUrl, '--seed', '7']
  if (options.portfolios !== undefined) {
    const file = join(options.folder, 'portfolios.json')
    writeFileSync(file, JSON.stringify(options.portfolios))
    words.push('--zerodha-portfolios', file)
  }
  const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const settings = await readSettings(child.stdout)
  return {
    settings,
    async setFault(provider, fault) {
      await control(settings, 'POST', 'faults', { provider, ...fault })
    },
    async clearFaults(provider) {
      await control(settings, 'DELETE', `faults?provider=${provider}`)
    },
    async log(provider) {
      return (await control(settings, 'GET', `log?provider=${provider}`)) as readonly SandboxCall[]
    },
    async setClock(change) {
      const { epoch_ms: now } = (await control(settings, 'POST', 'clock', change)) as { readonly epoch_ms: number }
      return now
    },
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'close')
    },
  }
}

/** Any port answers for all providers. Yahoo's does so while a fault keeps that of a broker shut. */
async function control(
  settings: SandboxProcess['settings'],
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<unknown> {
  const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const reply = await fetch(`${settings['YAHOO_URL']}/_sandbox/${path}`, { method, ...init })
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  return reply.json()
}

async function readSettings(stdout: NodeJS.ReadableStream): Promise<Record<string, string>> {
  let text = ''
  for await (const chunk of stdout) {
    text += chunk.toString()
    if (text.includes('Ctrl-C')) break
  }
  return Object.fromEntries([...text.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]))
}
