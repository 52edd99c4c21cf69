import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A way to a broker on which everything it answers is heard. What breaks behind it breaks in front of it. */
export interface OverhearingProxy {
  readonly url: string
  close(): Promise<void>
}

/** Passes calls on to `target`, and each answer's text to `hear` before its end reaches the caller. */
export async function startOverhearingProxy(target: string, hear: (answer: string) => void): Promise<OverhearingProxy> {
  const server = createServer((asked, reply) => passOn(target, asked, reply, hear))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function passOn(target: string, asked: IncomingMessage, reply: ServerResponse, hear: (answer: string) => void): void {
  const { method = 'GET', headers, url = '/' } = asked
  const onward = request(new URL(url, target), { method, headers, agent: false }, (answer) => {
    const chunks: Buffer[] = []
    reply.writeHead(answer.statusCode ?? 502, answer.headers)
    reply.flushHeaders()
    answer.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      reply.write(chunk)
    })
    answer.on('end', () => {
      hear(Buffer.concat(chunks).toString('utf8'))
      reply.end()
    })
    answer.on('error', () => reply.destroy())
  })
  onward.on('error', () => reply.destroy())
  reply.on('close', () => onward.destroy())
  asked.pipe(onward)
}
