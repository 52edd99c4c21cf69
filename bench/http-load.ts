import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'

/** A URL and the process that answers it. */
export interface Target {
  readonly url: string
  readonly pid: number
}

/** A recorded reply: header names and values in turns, without those the connection itself makes. */
export interface Reply {
  readonly headers: readonly string[]
  readonly body: Buffer
}

/** Returns what a URL replies now. */
export async function recordReply(url: string): Promise<Reply> {
  const response = await fetch(url, { headers: { 'accept-encoding': 'identity' } })
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  const ofConnection = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding'])
  const headers = [...response.headers].filter(([name]) => !ofConnection.has(name)).flat()
  return { headers, body: Buffer.from(await response.arrayBuffer()) }
}

/** Starts the bare server with the reply that the measured server gave, in a process of its own. */
export async function startBareServer({ headers, body }: Reply): Promise<Target & { stop(): void }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('bare-server.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify({ headers, body: body.toString('base64') }))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { url: `http://127.0.0.1:${line.toString().trim()}/`, pid: child.pid ?? -1, stop: () => child.kill() }
}

/** Returns how many requests a closed loop with 10 connections got answered; throws when a reply was not 2xx. */
export async function measureThroughput(
  url: string,
  seconds: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ requests: number; perS: number }> {
  const result = await autocannon({ url, connections: 10, duration: seconds, headers: { ...headers } })
  refuseFailures(result, url)
  return { requests: result.requests.total, perS: result.requests.total / result.duration }
}

function refuseFailures(result: autocannon.Result, url: string): void {
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} replies were not 2xx, ${result.errors} failed`)
}
