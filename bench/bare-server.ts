// The peer of the HTTP benchmarks: node:http that replies one constant, head and body. Both arrive on standard input as JSON.
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'

const { headers, body } = (await json(process.stdin)) as { headers: string[]; body: string }
const bytes = Buffer.from(body, 'base64')
const server = createServer((_request, response) => {
  response.writeHead(200, headers)
  response.end(bytes)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  process.stdout.write(`${address.port}\n`)
})
