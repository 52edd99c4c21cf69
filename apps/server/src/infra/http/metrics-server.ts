import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'

/** Serves `GET /metrics` on a port of its own, by default on loopback: figures are for the operator, not for the public port. */
export function createMetricsServer(options: { readonly registry: Registry; readonly host?: string }) {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) => {
    if (request.url !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Only GET /metrics is here.\n')
      return
    }
    options.registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': options.registry.contentType }).end(text),
      () => response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end('The figures failed.\n'),
    )
  })
  return {
    /** Resolves with the port, which differs from the one asked when that was 0. Rejects with EADDRINUSE when it is taken. */
    async listen(port: number): Promise<number> {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, options.host ?? '127.0.0.1', resolve)
      })
      return (server.address() as AddressInfo).port
    },
    async close(): Promise<void> {
      if (!server.listening) return
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}
