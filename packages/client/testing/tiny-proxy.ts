import { createServer, request as forward, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { listenUntilClosed } from './scripted-server.ts'

export interface TinyProxy {
  readonly url: string
  readonly port: number
  readonly asked: { readonly method: string; readonly target: string; readonly headers: IncomingMessage['headers'] }[]
  /** How many connections to the proxy are open. */
  open(): number
}

/** An HTTP proxy that tunnels, or answers every CONNECT with `refusal`, or withholds its answer. */
export async function serveProxy(connectAnswer: 'tunnel' | 'withhold' | { refusal: string }): Promise<TinyProxy> {
  const asked: TinyProxy['asked'] = []
  const sockets = new Set<unknown>()
  const record = ({ method = '', url: target = '', headers }: IncomingMessage) =>
    asked.push({ method, target, headers })

  const server = createServer((request, response) => {
    record(request)
    const { 'proxy-authorization': _, ...headers } = request.headers
    const onward = forward(request.url ?? '', { method: request.method, headers }, (answer) => {
      answer.pipe(response.writeHead(answer.statusCode ?? 0, answer.headers))
    })
    request.pipe(onward)
  })
  server.on('connection', (socket) => sockets.add(socket.on('close', () => sockets.delete(socket))))
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    record(request)
    socket.on('error', () => socket.destroy())
    if (connectAnswer === 'withhold') return void socket.resume().on('end', () => socket.end())
    if (connectAnswer !== 'tunnel') return void socket.end(`HTTP/1.1 ${connectAnswer.refusal}\r\n\r\n`)
    const { hostname, port } = new URL(`tcp://${request.url}`)
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    onward.on('error', () => socket.destroy())
  })
  const port = await listenUntilClosed(server)
  return { url: `http://127.0.0.1:${port}`, port, asked, open: () => sockets.size }
}
