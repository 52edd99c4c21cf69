import type { IncomingMessage } from 'node:http'
import { BanyanError } from '@banyan/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { HttpLimits } from './http-limits.ts'

/**
 * What `request.body` is on a route whose config says `body: 'csv'`, undefined when nothing was sent: pieces of text as they arrive, without
 * the byte order mark. To be read once. Reading throws `body_too_large` above {@link HttpLimits.csvBodyBytes}, and `invalid_parameter` for
 * bytes that are not UTF-8 and for a body that breaks off; so write nothing before its end.
 */
type CsvBody = AsyncIterable<string>

/** Takes `text/csv` where a route asks for it, as a stream. Everywhere else it is one of the types that are refused. */
export function acceptCsvBodies(app: FastifyInstance, limits: HttpLimits): void {
  app.addContentTypeParser('text/csv', async (request: FastifyRequest, payload: IncomingMessage) => {
    const limit = takesCsv(request) ? limits.csvBodyBytes : limits.bodyBytes
    if (Number(request.headers['content-length']) > limit) throw new BanyanError('body_too_large')
    const chunks = boundedChunks(payload, limit)
    const first = await chunks.next()
    if (first.done) return undefined
    if (!takesCsv(request) || !isUtf8(request)) throw wrongType(request)
    return decoded(first.value, chunks) satisfies CsvBody
  })
  app.addHook('onRoute', (route) => {
    if (route.config?.body === 'csv') route.onSend = [...[route.onSend ?? []].flat(), closeUnread]
  })
}

export function takesCsv(request: FastifyRequest): boolean {
  return request.routeOptions.config.body === 'csv'
}

/** Returns the refusal of a body of another type than the route takes. */
export function wrongType(request: FastifyRequest): BanyanError {
  if (!takesCsv(request)) return new BanyanError('unsupported_media_type')
  return new BanyanError('unsupported_media_type', { message: 'Send the body as text/csv, in UTF-8.' })
}

/** The iterator must not destroy the request when it ends early: the socket would be gone before the refusal is sent. */
async function* boundedChunks(payload: IncomingMessage, limit: number): AsyncGenerator<Buffer> {
  let bytes = 0
  try {
    for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > limit) throw new BanyanError('body_too_large')
      yield chunk
    }
  } catch (error) {
    throw isBreakOff(error) ? unreadable('broke off before its end', error) : error
  }
}

async function* decoded(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (bytes?: Buffer) => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch (error) {
      throw unreadable('must be UTF-8 text', error)
    }
  }
  yield decode(first)
  for await (const chunk of rest) yield decode(chunk)
  yield decode()
}

function isBreakOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
}

function unreadable(reason: string, cause: unknown): BanyanError {
  return new BanyanError('invalid_parameter', { details: [{ field: 'body', reason }], cause })
}

function isUtf8(request: FastifyRequest): boolean {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1]
  return charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset)
}

/** A client that was refused half-way may still be sending; on a connection that stays, all of it would be read for nothing. */
function closeUnread(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  if (!request.raw.complete) reply.header('connection', 'close')
  done(null, payload)
}
