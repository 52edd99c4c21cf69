import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { QuietSandbox } from '../../testing/quiet-sandbox.ts'

/** A client of the ticker that keeps all it hears. */
export interface KiteListener {
  /** Binary frames, heartbeats included, in their order. */
  readonly frames: Buffer[]
  readonly texts: { readonly type: string; readonly data: unknown }[]
  say(action: string, value: unknown): void
  sayText(text: string): void
  /** Resolves when everything said and sent so far has arrived. */
  settle(): Promise<void>
  isOpen(): boolean
  end(): void
}

export async function listen(
  sandbox: QuietSandbox,
  { apiKey, accessToken }: { readonly apiKey: string; readonly accessToken: string },
): Promise<KiteListener> {
  const query = new URLSearchParams({ api_key: apiKey, access_token: accessToken })
  const socket = new WebSocket(`${sandbox.urls.zerodha.ticker}/?${query}`)
  const frames: Buffer[] = []
  const texts: { type: string; data: unknown }[] = []
  socket.on('message', (data, isBinary) => {
    if (isBinary) frames.push(data as Buffer)
    else texts.push(JSON.parse(String(data)))
  })
  socket.on('error', () => socket.terminate())
  await once(socket, 'open')
  const settle = async () => {
    if (socket.readyState !== socket.OPEN) return
    const heard = new AbortController()
    socket.ping()
    // A pong comes after all that was sent before it.
    await Promise.race([once(socket, 'pong', heard), once(socket, 'close', heard)])
    heard.abort()
  }
  await settle()
  return {
    frames,
    texts,
    say: (action, value) => socket.send(JSON.stringify({ a: action, v: value })),
    sayText: (text) => socket.send(text),
    settle,
    isOpen: () => socket.readyState === socket.OPEN,
    end: () => socket.terminate(),
  }
}

/** Resolves with the status an upgrade is refused with. */
export async function refusedWith(
  sandbox: QuietSandbox,
  { apiKey, accessToken }: { readonly apiKey: string; readonly accessToken: string },
): Promise<number | undefined> {
  const query = new URLSearchParams({ api_key: apiKey, access_token: accessToken })
  const socket = new WebSocket(`${sandbox.urls.zerodha.ticker}/?${query}`)
  socket.on('error', () => undefined)
  const [request, response] = await once(socket, 'unexpected-response')
  request.destroy()
  return response.statusCode
}

/** Splits a frame into its packets. */
export function packetsIn(frame: Buffer): readonly Buffer[] {
  const packets: Buffer[] = []
  let at = 2
  for (let left = frame.readUInt16BE(0); left > 0; left--) {
    const length = frame.readUInt16BE(at)
    packets.push(frame.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return packets
}
