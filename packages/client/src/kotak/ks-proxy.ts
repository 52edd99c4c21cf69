import type { Send } from '../exchange.ts'
import { findNodeRuntime } from '../node-runtime.ts'
import { createProxiedSend } from '../proxied-send.ts'
import { KsValueError } from './ks-error.ts'

interface ProxyOptions {
  readonly proxyUrl: string | undefined
  readonly proxyUser: string | undefined
  readonly proxyPass: string | undefined
}

/**
 * Returns what carries the requests: the proxy, the given `fetch`, or the global one as it is at each call.
 *
 * @throws {KsValueError} for a proxy that could not be used; going around it unasked would show what it should hide.
 */
export function createKsSend({ proxyUrl, proxyUser, proxyPass }: ProxyOptions, fetch: unknown): Send {
  if (fetch !== undefined && typeof fetch !== 'function') throw new KsValueError('`fetch` must be a function')
  if (proxyUrl === undefined) {
    if (proxyUser !== undefined || proxyPass !== undefined) throw new KsValueError('`proxyUser` needs `proxyUrl`')
    return (fetch as Send | undefined) ?? ((url, init) => globalThis.fetch(url, init))
  }
  if (fetch !== undefined) throw new KsValueError('`proxyUrl` and `fetch` exclude each other')
  const node = findNodeRuntime()
  if (!node) throw new KsValueError('`proxyUrl` works in Node only')
  return createProxiedSend({ url: parseProxyUrl(proxyUrl), authorization: basic(proxyUser, proxyPass) }, node)
}

function parseProxyUrl(text: string): URL {
  const url = URL.parse(text)
  if (url?.protocol !== 'http:') throw new KsValueError('`proxyUrl` must be an http URL')
  if (url.username === '' && url.password === '') return url
  throw new KsValueError('`proxyUrl` must not carry a login: use `proxyUser` and `proxyPass`')
}

/** RFC 7617: the first colon ends the user's name; UTF-8. */
function basic(user: string | undefined, password: string | undefined): string | undefined {
  if (user === undefined && password === undefined) return undefined
  if (user === undefined || user.includes(':')) {
    throw new KsValueError('`proxyUser` must be a string without a colon')
  }
  return `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${password ?? ''}`)))}`
}
