import { once } from 'node:events'
import { connect } from 'node:net'

export interface RawReply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The body as it came, `Content-Length` bytes of it. */
  readonly text: string
}

/**
 * Opens one connection that sends requests as the bytes they are, one after the other, as the vendors' clients do. A reply without
 * `Content-Length` fails: the clients' HTTP library would wait for the end of the connection.
 */
export async function openKeepAliveSocket(port: number) {
  const socket = connect(port, '127.0.0.1')
  let received = Buffer.alloc(0)
  let wake: () => void = () => undefined
  let isClosed = false
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk])
    wake()
  })
  socket.on('close', () => {
    isClosed = true
    wake()
  })
  await once(socket, 'connect')

  async function until<T>(read: () => T | null): Promise<T> {
    for (;;) {
      const found = read()
      if (found !== null) return found
      if (isClosed) throw new Error('the server closed the connection before its reply was whole')
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  function readReply(): RawReply | null {
    const end = received.indexOf('\r\n\r\n')
    if (end === -1) return null
    const [statusLine = '', ...lines] = received.toString('latin1', 0, end).split('\r\n')
    const headers = Object.fromEntries(lines.map(splitField))
    const length = Number(headers['content-length'])
    if (!Number.isInteger(length)) throw new Error(`a reply without length: ${statusLine}`)
    const whole = end + 4 + length
    if (received.length < whole) return null
    const text = received.toString('utf8', end + 4, whole)
    received = received.subarray(whole)
    return { status: Number(statusLine.slice(9, 12)), headers, text }
  }

  return {
    async send(bytes: string): Promise<RawReply> {
      socket.write(bytes)
      return until(readReply)
    },
    close: () => socket.destroy(),
  }
}
export type KeepAliveSocket = Awaited<ReturnType<typeof openKeepAliveSocket>>

function splitField(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}
