import type { FastifyReply } from 'fastify'

/** The standard headers of a reply that is written past Fastify. */
export interface ReadyHeaders {
  readonly requestId: string
  /** Names and values in turn, without the request id; the same array while they are the same. */
  readonly rest: readonly string[]
}

/**
 * Returns the function that joins standard and own headers for `writeHead`. The joined list is made once per pair of arrays and
 * reused with another request id, so hand it to `writeHead` at once: node:http copies it there.
 */
export function createHeaderJoiner(): (headers: ReadyHeaders, own: readonly string[]) => string[] {
  const joined = new WeakMap<readonly string[], { rest: readonly string[]; list: string[] }>()
  return ({ requestId, rest }, own) => {
    let known = joined.get(own)
    if (known?.rest !== rest) {
      known = { rest, list: ['x-request-id', requestId, ...rest, ...own] }
      joined.set(own, known)
    }
    known.list[1] = requestId
    return known.list
  }
}

/** Returns what Fastify's reply has got so far as ready headers. */
export function readyHeadersOf(reply: FastifyReply): ReadyHeaders {
  const { 'x-request-id': requestId, ...others } = reply.getHeaders()
  return {
    requestId: String(requestId),
    rest: Object.entries(others).flatMap(([name, value]) => [name, String(value)]),
  }
}
