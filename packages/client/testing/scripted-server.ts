import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/**
 * What the server does with one request: an answer; `drop` the connection before any; `break` it off within the body;
 * `withhold` the answer.
 */
export type Step = Reply | 'drop' | 'break' | 'withhold'

export interface Reply {
  readonly status?: number
  readonly headers?: Record<string, string>
  /** A text as it is, anything else as JSON. */
  readonly body?: unknown
}

export interface Recorded {
  readonly method: string
  readonly path: string
  /** Names in lower case. */
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Numbers the connections of the server from 0. */
  readonly connection: number
}

export interface ScriptedServer {
  readonly origin: string
  /** What was asked, in order. */
  readonly asked: Recorded[]
}

const servers: Server[] = []
const OVER: Reply = { status: 599, body: 'the script has no further step' }

/** A server on a free port of 127.0.0.1 that takes one step per request; with `tls` it speaks https. */
export async function serveScript(
  steps: readonly (Step | ((origin: string) => Step))[],
  tls?: { readonly key: string; readonly cert: string },
): Promise<ScriptedServer> {
  const asked: Recorded[] = []
  const sockets: unknown[] = []
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url: path = '', headers } = request
    if (!sockets.includes(request.socket)) sockets.push(request.socket)
    const body = Buffer.concat(await request.toArray()).toString()
    const step = steps[asked.push({ method, path, headers, body, connection: sockets.indexOf(request.socket) }) - 1]
    take((typeof step === 'function' ? step(origin) : step) ?? OVER, response)
  }
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  const port = await listenUntilClosed(server)
  const origin = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`
  return { origin, asked }
}

/** Resolves to the port; the server lives until `closeServers`. */
export async function listenUntilClosed(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

export function closeServers(): void {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
}

function take(step: Step, response: ServerResponse): void {
  if (step === 'withhold') return
  if (step === 'drop') return void response.socket?.destroy()
  if (step === 'break') {
    response.writeHead(200).write('{"half":', () => response.socket?.destroy())
    return
  }
  const { status = 200, headers = {}, body = '' } = step
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(text)
}

/** The error a promise rejects with; a promise that does not is itself the failure. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in outcome) return outcome.error
  throw new Error(`The call should have failed, but gave ${JSON.stringify(outcome.value)}`)
}
