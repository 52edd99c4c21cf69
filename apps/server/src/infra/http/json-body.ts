import { BanyanError } from '@banyan/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { takesCsv, wrongType } from './csv-body.ts'
import type { HttpLimits } from './http-limits.ts'

/**
 * Replaces Fastify's body parsers: JSON objects only, bounded in depth and members before they are parsed; an empty body is no
 * body whatever its type (two vendors' clients send DELETE with a JSON type and nothing); any other type is refused.
 */
export function acceptJsonBodies(app: FastifyInstance, limits: HttpLimits): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body)
    if (text === '') return done(null, undefined)
    if (takesCsv(request)) return done(wrongType(request))
    if (!isBounded(text, limits)) return done(new BanyanError('invalid_json', { message: tooDeep(limits) }))
    void parse(request, text, (error, value) => {
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
      if (error || !isObject) return done(new BanyanError('invalid_json', { cause: error ?? undefined }))
      done(null, value)
    })
  })
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined)
    done(wrongType(request))
  })
}

/** Refuses packed bodies: unpacked size is unbounded, and nobody needs them for bodies this small. */
export function refusePackedBody(request: FastifyRequest): BanyanError | null {
  const encoding = request.headers['content-encoding']
  if (encoding === undefined || encoding.toLowerCase() === 'identity' || !hasBody(request)) return null
  return new BanyanError('unsupported_media_type', { message: 'Send the body without Content-Encoding.' })
}

function hasBody(request: FastifyRequest): boolean {
  const length = request.headers['content-length']
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
}

function tooDeep(limits: HttpLimits): string {
  return `The body is nested deeper than ${limits.jsonDepth} or has more than ${limits.jsonMembers} members.`
}

/**
 * Tells whether a JSON text stays within the bounds, without parsing it: the parser itself takes any depth, and echoing or
 * walking such a value overflows the stack. Commas and openings outside strings count members, never fewer than there are.
 */
function isBounded(text: string, limits: Pick<HttpLimits, 'jsonDepth' | 'jsonMembers'>): boolean {
  let depth = 0
  let members = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 34 /* " */) i = endOfString(text, i)
    else if (c === 123 /* { */ || c === 91 /* [ */) {
      depth++
      members++
      if (depth > limits.jsonDepth) return false
    } else if (c === 125 /* } */ || c === 93 /* ] */) depth--
    else if (c === 44 /* , */) members++
    if (members > limits.jsonMembers) return false
  }
  return true
}

function endOfString(text: string, start: number): number {
  let i = start + 1
  while (i < text.length && text.charCodeAt(i) !== 34) i += text.charCodeAt(i) === 92 /* \ */ ? 2 : 1
  return i
}
