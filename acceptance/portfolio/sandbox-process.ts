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
  /** Asks one of its own routes, `/_sandbox/…`, of a provider. */
  control<T>(provider: 'zerodha' | 'icici', path: string, body?: unknown): Promise<T>
  stop(): Promise<void>
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
  const addresses = { zerodha: settings['ZERODHA_API_URL'], icici: settings['ICICI_API_URL'] }
  return {
    settings,
    async control(provider, path, body) {
      const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
      const headers = { 'content-type': 'application/json' }
      const reply = await fetch(`${addresses[provider]}/_sandbox/${path}`, { ...init, headers })
      if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
      return JSON.parse((await reply.text()) || 'null')
    },
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'close')
    },
  }
}

async function readSettings(stdout: NodeJS.ReadableStream): Promise<Record<string, string>> {
  let text = ''
  for await (const chunk of stdout) {
    text += chunk.toString()
    if (text.includes('Ctrl-C')) break
  }
  return Object.fromEntries([...text.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]))
}
