import { connect, type Socket } from 'node:net'
import { percentile } from './statistics.ts'

export interface Latency {
  readonly p50Ms: number
  readonly p99Ms: number
  /** Replies per second that really came. */
  readonly ratePerS: number
}

/** How often due requests are sent; the schedule itself is exact, and waiting for the next turn counts as latency. */
const turnMs = 0.2

/**
 * Sends requests at fixed moments, whatever the answers do, over keep-alive connections, and measures each from the moment it was due: a
 * stall shows in every request it delays. The client does almost nothing per reply, since it shares the machine with the server.
 */
export async function measureOpenLoad(
  url: string,
  plan: { ratePerS: number; seconds: number; connections: number },
): Promise<Latency> {
  const clients = await Promise.all(Array.from({ length: plan.connections }, () => openClient(url)))
  const total = Math.floor(plan.ratePerS * plan.seconds)
  const gapMs = 1_000 / plan.ratePerS
  const started = performance.now()
  for (let sent = 0; sent < total; ) {
    const now = performance.now()
    for (; sent < total && started + sent * gapMs <= now; sent++) {
      clients[sent % clients.length]?.send(started + sent * gapMs)
    }
    await nextTurn(now)
  }
  await Promise.all(clients.map((client) => client.drained()))
  const seconds = (performance.now() - started) / 1_000
  for (const client of clients) client.close()
  const latencies = clients.flatMap((client) => client.latencies)
  return { p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99), ratePerS: latencies.length / seconds }
}

/** Timers are whole milliseconds; the event loop's own turn is shorter. */
async function nextTurn(since: number): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve))
  while (performance.now() - since < turnMs)
}

interface Client {
  readonly latencies: number[]
  send(dueMs: number): void
  drained(): Promise<void>
  close(): void
}

async function openClient(url: string): Promise<Client> {
  const { hostname, port, pathname, search, host } = new URL(url)
  const request = `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n\r\n`
  const socket: Socket = connect(Number(port), hostname)
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  socket.setNoDelay(true)
  const due: number[] = []
  const latencies: number[] = []
  const replies = countReplies((isOk) => {
    if (!isOk) throw new Error(`${url} answered something else than 200`)
    latencies.push(performance.now() - (due.shift() ?? Number.NaN))
  })
  socket.on('data', replies)
  return {
    latencies,
    send(dueMs) {
      due.push(dueMs)
      socket.write(request)
    },
    async drained() {
      while (due.length > 0) await new Promise((resolve) => setImmediate(resolve))
    },
    close: () => socket.destroy(),
  }
}

/** Returns a reader of pieces of a stream of replies that have a Content-Length; calls back at the end of each. */
function countReplies(onReply: (isOk: boolean) => void): (piece: Buffer) => void {
  let head = ''
  let bodyLeft = 0
  let isOk = false
  return (piece) => {
    for (let at = 0; at < piece.length; ) {
      if (bodyLeft > 0) {
        const taken = Math.min(bodyLeft, piece.length - at)
        at += taken
        bodyLeft -= taken
        if (bodyLeft === 0) onReply(isOk)
        continue
      }
      const end = piece.indexOf('\r\n\r\n', at)
      if (end === -1) {
        head += piece.toString('latin1', at)
        return
      }
      head += piece.toString('latin1', at, end)
      at = end + 4
      isOk = head.startsWith('HTTP/1.1 200')
      bodyLeft = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
      if (!(bodyLeft > 0)) throw new Error('a reply without Content-Length')
      head = ''
    }
  }
}
