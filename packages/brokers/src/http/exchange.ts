import type { Agent, Dispatcher } from 'undici'
import { CallFault } from './call-fault.ts'
import type { OutgoingRequest } from './outgoing-request.ts'
import { unpack } from './unpack.ts'
import type { Operation, UpstreamAnswer } from './upstream-port.ts'

type Body = Dispatcher.ResponseData['body']

const mebibyte = 1024 * 1024
/** Bytes of an answer as it comes over the wire, and unpacked (upstreams.md §1.3). */
const sizes = {
  json: { packed: 5 * mebibyte, unpacked: 5 * mebibyte },
  file: { packed: 16 * mebibyte, unpacked: 64 * mebibyte },
} as const satisfies Record<Operation['size'], object>

/** Sends one request and returns its answer. Rejects with an error of the client, or a {@link CallFault} for an answer that is refused. */
export async function exchange(
  agent: Agent,
  request: OutgoingRequest,
  size: Operation['size'],
  signal: AbortSignal,
): Promise<UpstreamAnswer> {
  const { statusCode, headers, body } = await agent.request({ ...request, signal })
  if (statusCode >= 300 && statusCode < 400) {
    closeUnread(body)
    throw new CallFault('malformed', { code: 'REDIRECT' })
  }
  const packed = await readUpTo(sizes[size].packed, body)
  const named = flatten(headers)
  const unpacked = await unpack(packed, named['content-encoding'] ?? '', sizes[size].unpacked)
  return { status: statusCode, headers: named, body: unpacked }
}

function closeUnread(body: Body): void {
  // To the body its early end is an error; the fault that is thrown says why.
  body.once('error', () => undefined).destroy()
}

async function readUpTo(limit: number, body: Body): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  // A throw out of the loop destroys the body, and with it the socket.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > limit) throw new CallFault('malformed', { code: 'TOO_LARGE' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

function flatten(headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> {
  const entries = Object.entries(headers)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}
