import { once } from 'node:events'
import { connect } from 'node:net'

/** Writes the bytes of one request that keeps its connection, and returns its reply, told whole by Content-Length; then hangs up. */
export async function sendKept(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(bytes)
  let text = ''
  for await (const chunk of socket) {
    text += (chunk as Buffer).toString('latin1')
    const end = text.indexOf('\r\n\r\n')
    const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1]
    if (end !== -1 && text.length >= end + 4 + Number(length)) break
  }
  return text
}
