import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { UpstreamAnswer } from '../../http/upstream-port.ts'

export interface KiteRequest {
  readonly method: string
  /** As it came over the wire, encoded. */
  readonly path: string
  readonly query: string
  readonly authorization: string | null
  readonly body: string
  readonly at: number
}

export type KiteAnswer = UpstreamAnswer | 'silence' | 'hang up'

export interface KiteServer {
  readonly url: string
  readonly requests: readonly KiteRequest[]
  close(): Promise<void>
}

/** Starts a vendor on a real socket that answers as it is told. */
export async function startKiteServer(
  answer: (request: KiteRequest) => KiteAnswer | Promise<KiteAnswer>,
): Promise<KiteServer> {
  const requests: KiteRequest[] = []
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = await requestOf(incoming)
    requests.push(request)
    const given = await answer(request)
    if (given === 'hang up') outgoing.destroy()
    else if (given !== 'silence') outgoing.writeHead(given.status, given.headers).end(given.body)
  }
  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function requestOf(incoming: IncomingMessage): Promise<KiteRequest> {
  const at = performance.now()
  const [path = '', query = ''] = (incoming.url ?? '').split('?')
  const { method = '', headers } = incoming
  return { method, path, query, authorization: headers.authorization ?? null, body: await text(incoming), at }
}
