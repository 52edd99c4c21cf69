import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Secret } from '@banyan/domain'
import { digestOf } from '../signature.ts'
import { breezeAnswer } from './breeze-answer.ts'

export interface SeenRequest {
  readonly method: string
  /** Last part of the path: `portfolioholdings`, `SecurityMaster.zip`. */
  readonly operation: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** Milliseconds of a clock that only runs forward. */
  readonly atMs: number
}

type Answer = { readonly status: number; readonly body: Buffer }
export type Vendor = (request: SeenRequest) => Answer | Promise<Answer>

/** A stand-in for ICICI on a port of this machine, for the tests of the adapter: it frames requests strictly and keeps what it saw. */
export interface BreezeServer {
  readonly address: string
  readonly requests: SeenRequest[]
  /** Operations asked for so far, in order. */
  operations(): string[]
  answerWith(vendor: Vendor): void
  close(): Promise<void>
}

export async function startBreezeServer(): Promise<BreezeServer> {
  const requests: SeenRequest[] = []
  let vendor: Vendor = () => breezeAnswer({ Success: [] })
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming)
    requests.push(request)
    const { status, body } = await vendor(request)
    outgoing.writeHead(status).end(body)
  }
  const server = createServer((incoming, outgoing) => {
    // A vendor that throws is a test's mistake: the call fails at once instead of waiting for its deadline.
    answer(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    operations: () => requests.map(({ operation }) => operation),
    answerWith(next) {
      requests.length = 0
      vendor = next
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function readRequest(incoming: IncomingMessage): Promise<SeenRequest> {
  const url = new URL(incoming.url ?? '/', 'http://breeze')
  return {
    method: incoming.method ?? '',
    operation: url.pathname.split('/').at(-1) ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    atMs: performance.now(),
    body: await buffer(incoming),
  }
}

/** Tells whether the signature of a request is over the bytes that arrived. */
export function isSigned({ headers, body }: SeenRequest, apiSecret: Secret): boolean {
  const digest = digestOf(String(headers['x-timestamp']), body.toString('utf8'), apiSecret)
  return headers['x-checksum'] === `token ${digest}`
}
