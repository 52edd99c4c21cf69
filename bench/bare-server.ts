// The peer of the HTTP benchmarks: node:http that replies one constant. Its body arrives on standard input.
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'

const body = await buffer(process.stdin)
const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length }
const server = createServer((_request, response) => {
  response.writeHead(200, headers)
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  process.stdout.write(`${address.port}\n`)
})
