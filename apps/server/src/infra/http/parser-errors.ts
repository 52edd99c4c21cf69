import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { BanyanError } from '@banyan/domain'
import type { Log } from './log.ts'
import { type Problem, type Surfaces, toProblem } from './problem.ts'
import { securityHeaders } from './security-headers.ts'

/** Node's parser adds the packet it choked on; Fastify's own type of this error leaves that open. */
type ParserError = Error & { readonly code?: string; readonly rawPacket?: unknown }

/**
 * Returns the listener for what never became a request: bytes that are no HTTP, oversize heads, clients too slow. It writes
 * the whole reply itself, because there is no response object, and then closes.
 */
export function createParserErrorListener(parts: {
  readonly surfaces: Surfaces
  readonly nextId: () => string
  readonly log: Log
}) {
  return (error: ParserError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) {
      socket.destroy()
      return
    }
    const problem = problemOf(error, parts.nextId())
    const target = targetOf(error.rawPacket)
    const { status, headers, body } = parts.surfaces.forErrors(target).renderProblem(problem)
    const own = parts.surfaces.find(target)?.headers?.() ?? []
    parts.log.info({ method: 'unparsed', route: 'unrouted', status, requestId: problem.requestId })
    socket.end(replyText(status, [...Object.entries(headers).flat(), ...own], body, problem.requestId))
    // Bytes still arriving would turn the close into a reset, which can overtake the reply.
    socket.resume()
    setTimeout(() => socket.destroy(), 500).unref()
  }
}

function problemOf(error: ParserError, requestId: string): Problem {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return toProblem(new BanyanError('headers_too_large'), requestId)
    case 'ERR_HTTP_REQUEST_TIMEOUT': {
      const slow = new BanyanError('unavailable', { message: 'The request did not arrive in time.', retryAfterS: 1 })
      return { ...toProblem(slow, requestId), status: 408 }
    }
    case 'HPE_INVALID_METHOD':
      if (/^[A-Z]+ \//.test(textOf(error.rawPacket))) return toProblem(new BanyanError('method_not_allowed'), requestId)
      return toProblem(malformed(), requestId)
    default:
      return toProblem(malformed(), requestId)
  }
}

function malformed(): BanyanError {
  return new BanyanError('invalid_parameter', { details: [{ field: 'request', reason: 'is not valid HTTP/1.1' }] })
}

/** Returns the address in the first line of the packet the parser choked on; empty when the packet is a later one. */
function targetOf(packet: unknown): string {
  return /^[A-Z]+ (\/[^ ]*)/.exec(textOf(packet))?.[1] ?? ''
}

function textOf(packet: unknown): string {
  return Buffer.isBuffer(packet) ? packet.toString('latin1', 0, 4_096) : ''
}

/** Node's own listener looks at the same field: a reply already begun must not be followed by a second status line. */
function isAnswering(socket: Socket & { _httpMessage?: { headersSent?: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent === true
}

function replyText(status: number, headers: readonly string[], body: string, requestId: string): string {
  const all = [...headers, ...securityHeaders, 'x-request-id', requestId, 'connection', 'close']
  if (status === 405) all.push('allow', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS')
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`]
  for (let i = 0; i < all.length; i += 2) lines.push(`${all[i]}: ${all[i + 1]}`)
  return `${lines.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}
