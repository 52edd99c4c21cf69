import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One call that went through the proxy, `POST /api/auth/login 200`. */
type PassedCall = `${string} ${string} ${number}`

/** Starts a server on loopback that hands every call on to `target` as it came, and notes how it was answered. */
export async function startRecordingProxy(target: string) {
  const passed: PassedCall[] = []
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming
    const onward = request(target + url, { method, headers }, (answer) => {
      const status = answer.statusCode ?? 0
      passed.push(`${method} ${url.replace(/\?.*/, '')} ${status}`)
      outgoing.writeHead(status, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', (error) => outgoing.destroy(error))
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
