import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'

/** A server that takes a password and refuses it, repeating it in its reply, as careless proxies and old servers do. */
export interface RefusingServer {
  readonly port: number
  /** Returns whether the text reached it: else a test of what is done with its reply proves nothing. */
  hasSeen(text: string): boolean
  close(): Promise<void>
}

/** Refuses like a Redis that does not know the command AUTH: real ones repeat its arguments. */
export function refuseLikeRedis(): Promise<RefusingServer> {
  return listen((socket, chunk) => {
    const words = chunk.toString('latin1').replaceAll(/[\r\n]+/g, ' ')
    socket.write(`-ERR unknown command 'AUTH', with args beginning with: '${words}'\r\n`)
  })
}

const asksForPassword = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3])

/** Refuses like a PostgreSQL that asks for a password in clear text and writes it into its error. */
export function refuseLikePostgres(): Promise<RefusingServer> {
  return listen((socket, chunk) => {
    const isPassword = chunk[0] === 0x70
    if (!isPassword) return void socket.write(asksForPassword)
    const said = chunk.subarray(5).toString('latin1').replaceAll('\0', '')
    const fields = `SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed: "${said}" is wrong\0\0`
    const reply = Buffer.alloc(5 + fields.length)
    reply.write('E', 'latin1')
    reply.writeInt32BE(4 + fields.length, 1)
    reply.write(fields, 5, 'latin1')
    socket.end(reply)
  })
}

async function listen(onData: (socket: Socket, chunk: Buffer) => void): Promise<RefusingServer> {
  let seen = ''
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1')
      onData(socket, chunk)
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    hasSeen: (text) => seen.includes(text),
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
