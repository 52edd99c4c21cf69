import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Timers } from '@banyan/brokers'
import type { CallLog } from './call-log.ts'
import { deliver, deliveryFaults } from './deliver.ts'
import type { FaultQueue, QueuedFault } from './fault-queue.ts'
import { faultyAnswer } from './faulty-answer.ts'
import type { ImitatedUpstream, SandboxAnswer, SandboxCall, SandboxClock } from './upstream.ts'

/** Only this machine may ask, and may set faults. */
const loopback = '127.0.0.1'
const maxBodyBytes = 1024 * 1024
const reopenCheckMs = 50

export interface ProviderServerParts {
  readonly upstream: ImitatedUpstream
  readonly clock: SandboxClock
  readonly seed: number
  readonly timers: Timers
  readonly queue: FaultQueue
  readonly log: CallLog
  /** Answers what lies under `/_sandbox/`. */
  control(call: SandboxCall): SandboxAnswer | Promise<SandboxAnswer>
}

/** One provider's port. */
export interface ProviderServer {
  readonly port: number
  /** Shuts the port until the fault has ended. */
  refuseWhile(fault: QueuedFault): void
  /** Resolves when the port is open, unless a fault still keeps it shut. */
  reopen(): Promise<void>
  close(): Promise<void>
}

/** Listens on loopback; port 0 takes a free one. Rejects when the port is taken. */
export async function startProviderServer(parts: ProviderServerParts, wantedPort: number): Promise<ProviderServer> {
  const { upstream, timers } = parts
  const sockets = new Set<Socket>()
  const http = createServer((request, response) => {
    handle(parts, request, response).catch((error: unknown) => endWithDefect(response, error))
  })
  http.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  http.on('upgrade', (request: IncomingMessage, socket: Socket, head) => {
    logUpgrade(parts, request)
    if (upstream.upgrade) upstream.upgrade(request, socket, head)
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
  })
  const listen = async (port: number) => {
    http.listen(port, loopback)
    await once(http, 'listening')
  }
  const shut = () => {
    http.close()
    for (const socket of sockets) socket.destroy()
  }

  await listen(wantedPort)
  const { port } = http.address() as AddressInfo
  let refusal: QueuedFault | null = null
  const reopen = async () => {
    if (refusal === null || refusal.isOn()) return
    refusal = null
    await listen(port)
  }
  const stopChecking = timers.every(reopenCheckMs, () => {
    reopen().catch((error: unknown) => console.error(`${upstream.provider} could not open port ${port} again:`, error))
  })
  return {
    port,
    refuseWhile(fault) {
      if (refusal === null) shut()
      refusal = fault
    },
    reopen,
    async close() {
      stopChecking()
      upstream.close?.()
      const closed = http.listening ? once(http, 'close') : null
      shut()
      await closed
    },
  }
}

async function handle(parts: ProviderServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = await readCall(request, parts.clock)
  if (call === null) return void response.writeHead(413, { connection: 'close' }).end()
  if (call.path.startsWith('/_sandbox/')) {
    return deliver(response, await parts.control(call), null, parts.timers, call.now)
  }
  const { upstream, queue, log, seed, timers } = parts
  const operation = upstream.operationOf(call)
  // Before it is answered: what a call spends is a secret too.
  const secrets = upstream.secretsIn(call)
  const made = await faultyAnswer(upstream, call, queue, seed)
  const found = queue.find(deliveryFaults, operation)
  const delivery = found?.use() ? found : null
  const faults = [made.fault, delivery].flatMap((fault) => (fault ? describe(fault) : []))
  const status = delivery?.order.kind === 'hang' ? null : made.answer.status
  log.add(call, { operation, status, fault: faults.join(' ') || null }, secrets)
  await deliver(response, made.answer, delivery, timers, call.now)
}

function describe({ order }: QueuedFault): string {
  return order.argument === '' ? order.kind : `${order.kind}:${order.argument}`
}

/** Returns the call with its body; null when that is too long. */
async function readCall(request: IncomingMessage, clock: SandboxClock): Promise<SandboxCall | null> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBodyBytes) return null
    chunks.push(chunk)
  }
  return callOf(request, Buffer.concat(chunks), clock)
}

function callOf(request: IncomingMessage, body: Buffer, clock: SandboxClock): SandboxCall {
  const [path = '/', ...rest] = (request.url ?? '/').split('?')
  const rawQuery = rest.join('?')
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(rawQuery),
    rawQuery,
    headers: request.headers,
    hasContentLength: request.headers['content-length'] !== undefined,
    body,
    now: clock.now(),
  }
}

function logUpgrade({ upstream, clock, log }: ProviderServerParts, request: IncomingMessage): void {
  const call = callOf(request, Buffer.alloc(0), clock)
  log.add(call, { operation: upstream.operationOf(call), status: null, fault: null }, upstream.secretsIn(call))
}

/** A defect of the sandbox itself must not pass for a fault of the vendor. */
function endWithDefect(response: ServerResponse, error: unknown): void {
  console.error('The sandbox failed:', error)
  if (response.headersSent) response.destroy()
  else response.writeHead(599, { 'content-type': 'text/plain' }).end(`The sandbox itself failed: ${String(error)}\n`)
}
