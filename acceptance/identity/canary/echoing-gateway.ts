import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A gateway for texts that takes none and repeats in its reply everything it was sent, as careless ones do. */
export async function startEchoingGateway() {
  const received: string[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push(body)
      response.writeHead(500, { 'x-repeated': request.rawHeaders.join(' ').replaceAll(/[^ -~]/g, '') })
      response.end(`refused ${request.url} ${request.rawHeaders.join(' ')} ${body}`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The bodies so far. */
    received: (): readonly string[] => received,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
