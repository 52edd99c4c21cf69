import type { ServerResponse } from 'node:http'
import type { Timers } from '@banyan/brokers'
import type { EpochMs } from '@banyan/domain'
import type { QueuedFault } from './fault-queue.ts'
import type { SandboxAnswer } from './upstream.ts'

/** Kinds of faults on the way back. */
export const deliveryFaults = ['reset', 'hang', 'slow', 'drip'] as const

const hangMs = 30_000
const dripEveryMs = 1_000

/** Sends the answer, the way the fault says. Resolves when it was sent or the client has gone. */
export async function deliver(
  response: ServerResponse,
  answer: SandboxAnswer,
  fault: QueuedFault | null,
  timers: Timers,
  now: EpochMs,
): Promise<void> {
  const body = Buffer.from(answer.body)
  const writeHead = () =>
    response.writeHead(answer.status, {
      // Node's own would be real time: the same clock is to give the same bytes.
      date: new Date(now).toUTCString(),
      ...answer.headers,
      'content-length': body.length,
    })
  switch (fault?.order.kind) {
    case 'reset':
      writeHead().flushHeaders()
      await wait(timers, 20, response)
      response.socket?.resetAndDestroy()
      return
    case 'hang':
      await wait(timers, hangMs, response)
      response.socket?.destroy()
      return
    case 'drip':
      writeHead().flushHeaders()
      for (let at = 0; at < body.length && !response.destroyed; at++) {
        await wait(timers, dripEveryMs, response)
        response.write(body.subarray(at, at + 1))
      }
      response.end()
      return
    case 'slow':
      await wait(timers, Number(fault.order.argument), response)
      break
    default:
  }
  writeHead().end(body)
}

/** Resolves after that time, or earlier when the client has gone. */
function wait(timers: Timers, ms: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stop()
      response.off('close', done)
      resolve()
    }
    const stop = timers.every(Math.max(1, ms), done)
    response.on('close', done)
  })
}
