import { once } from 'node:events'
import { connect } from 'node:net'

/** Opens a connection, writes the bytes as they are, and collects what comes back until the server closes or `waitMs` pass. */
export async function sendRaw(port: number, bytes: string, waitMs = 3_000): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
  })
  // A reset after the reply is how the server stops reading what nobody wants.
  socket.on('error', () => socket.destroy())
  await once(socket, 'connect')
  socket.write(bytes)
  const timer = setTimeout(() => socket.destroy(), waitMs)
  await new Promise<void>((resolve) => socket.once('close', () => resolve()))
  clearTimeout(timer)
  return text
}

/** Returns the status, the head in lower case, and the body parsed as JSON of one raw reply. */
export function readReply(text: string): { status: number; head: string; body: Record<string, unknown> } {
  const end = text.indexOf('\r\n\r\n')
  const body: Record<string, unknown> = JSON.parse(text.slice(end + 4))
  return { status: Number(text.slice(9, 12)), head: text.slice(0, end).toLowerCase(), body }
}
