import type { Send } from './exchange.ts'
import type { NodeAgent, NodeMessage, NodeRuntime, RequestOptions } from './node-runtime.ts'

export interface Proxy {
  /** An `http` URL; without a port, 80. */
  readonly url: URL
  /** `Basic …`, or undefined for a proxy that asks for none. */
  readonly authorization: string | undefined
}

/**
 * Returns a `Send` whose connections all go through an HTTP proxy and are kept alive: requests to http URLs are handed
 * to the proxy, those to https URLs run inside a CONNECT tunnel, where TLS is checked against the server as without it.
 * It follows no redirect.
 *
 * Node's own proxy support is not used: an aborted request stays open there while the proxy withholds the tunnel
 * (measured with 24.21).
 */
export function createProxiedSend(proxy: Proxy, node: NodeRuntime): Send {
  const plain = new node.http.Agent({ keepAlive: true })
  const tunnelled = new node.https.Agent({ keepAlive: true })
  tunnelled.createConnection = (options, done) => openTunnel({ proxy, node, options, done })

  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const request =
        new URL(url).protocol === 'https:'
          ? node.https.request(new URL(url), { method, headers, signal, tunnelSignal: signal, agent: tunnelled })
          : node.http.request(viaProxy(proxy, plain, url, { method, headers, signal }))
      request.on('response', (message) => {
        try {
          resolve(toResponse(message, node))
        } catch (error) {
          message.destroy()
          reject(error)
        }
      })
      request.on('error', reject)
      request.end(body)
    })
}

function viaProxy(proxy: Proxy, agent: NodeAgent, url: string, options: RequestOptions): RequestOptions {
  const headers = { host: new URL(url).host, ...options.headers, ...authorization(proxy) }
  return { ...options, ...address(proxy), path: new URL(url).href, headers, agent }
}

interface Tunnel {
  readonly proxy: Proxy
  readonly node: NodeRuntime
  /** Those of the request the tunnel is for. */
  readonly options: RequestOptions
  readonly done: Parameters<NodeAgent['createConnection']>[1]
}

function openTunnel({ proxy, node, options, done }: Tunnel): undefined {
  const { host = '', port = 443, tunnelSignal: signal } = options
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const request = node.http.request({
    ...address(proxy),
    method: 'CONNECT',
    path: target,
    headers: { host: target, ...authorization(proxy) },
    agent: false,
    ...(signal && { signal }),
  })
  request.on('connect', ({ statusCode, statusMessage }, socket) => {
    if (statusCode === 200) return done(null, node.tls.connect({ ...options, socket }))
    socket.destroy()
    done(new Error(`The proxy answered ${statusCode} ${statusMessage}`))
  })
  request.on('error', done)
  request.end()
}

/** Only a URL's own host name has brackets around IPv6; sockets want it bare. */
const address = ({ url }: Proxy) => ({ host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port || 80 })

const authorization = ({ authorization }: Proxy): Record<string, string> =>
  authorization === undefined ? {} : { 'proxy-authorization': authorization }

/** @throws for a status or reason phrase that a `Response` cannot have, such as 999. */
function toResponse(message: NodeMessage, node: NodeRuntime): Response {
  const { statusCode: status = 0, statusMessage: statusText = '', rawHeaders } = message
  const headers = new Headers()
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.append(rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '')
  const bodiless = status === 204 || status === 205 || status === 304
  if (bodiless) message.resume()
  return new Response(bodiless ? null : node.stream.Readable.toWeb(message), { status, statusText, headers })
}
