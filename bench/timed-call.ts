import { Agent, get, type IncomingMessage } from 'node:http'

/** Makes one call and tells how long it took. */
export type TimedCall = () => Promise<{ readonly elapsedMs: number; readonly body: string }>

/** Returns what calls a URL on a connection of its own, which it keeps. A call counts from the request to the last byte of its reply, which must be a 200. */
export function createTimedCall(url: string, headers: Readonly<Record<string, string>>): TimedCall {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return async () => {
    const started = performance.now()
    const reply = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { agent, headers }, resolve).once('error', reject)
    })
    const pieces: Buffer[] = []
    for await (const piece of reply) pieces.push(piece as Buffer)
    const elapsedMs = performance.now() - started
    const body = Buffer.concat(pieces).toString('utf8')
    if (reply.statusCode !== 200) throw new Error(`${url} answered ${reply.statusCode}: ${body.slice(0, 300)}`)
    return { elapsedMs, body }
  }
}
