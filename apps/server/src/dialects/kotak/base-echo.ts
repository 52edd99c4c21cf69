import type { IncomingMessage } from 'node:http'
import { BanyanError } from '@banyan/domain'
import type { FastifyRequest } from 'fastify'
import type { Addresses } from '../api/request-origin.ts'

/** The base a client dialled, as it is told. */
export interface Base {
  /** `<origin>/apim`, or `<origin>/apim/` for a client that ends its base so. */
  readonly host: string
  /** The one the base names, else the scheme's. */
  readonly port: number
  /** Scheme, host and port of the base. */
  readonly origin: string
}

export interface BaseParts {
  readonly addresses: Addresses & { isTrusted(address: string): boolean }
  /** PUBLIC_URL, or null. */
  readonly publicUrl: string | null
}

const hostForm = /^[A-Za-z0-9.\-[\]:]{1,255}$/

/**
 * Returns the base echo of kotak.md §1. The client compares it with its own base as a string and repeats init at whatever differs, so
 * it is what the client must have dialled, letter by letter. Throws `invalid_parameter` for a Host nobody can have dialled.
 */
export function baseOf(request: FastifyRequest, parts: BaseParts): Base {
  const origin = parts.publicUrl ?? originOfCall(request.raw, parts.addresses)
  const prefix = parts.publicUrl === null ? prefixOf(request) : '/apim'
  return { host: origin + prefix, port: portOf(origin), origin }
}

function originOfCall(request: IncomingMessage, addresses: BaseParts['addresses']): string {
  const believed = addresses.isTrusted(request.socket.remoteAddress ?? '') ? request.headers : {}
  const host = firstOf(believed['x-forwarded-host']) ?? request.headers.host ?? ''
  if (!hostForm.test(host)) {
    const reason = 'must be a name or address with or without a port'
    throw new BanyanError('invalid_parameter', { details: [{ field: 'Host', reason }] })
  }
  const scheme = firstOf(believed['x-forwarded-proto']) ?? (addresses.isEncrypted(request) ? 'https' : 'http')
  return `${scheme === 'https' ? 'https' : 'http'}://${host}`
}

/** A chain of proxies appends; what the client dialled is the first. */
function firstOf(header: string | string[] | undefined): string | undefined {
  return header === undefined ? undefined : String(header).split(',', 1)[0]?.trim()
}

/** Returns the path as it was sent, without the call's own: `/apim` or `/apim/`. */
function prefixOf(request: FastifyRequest): string {
  const path = request.originalUrl.split('?', 1)[0] ?? ''
  const own = (request.routeOptions.url ?? '').slice('/apim'.length)
  return path.endsWith(own) ? path.slice(0, path.length - own.length) : '/apim'
}

function portOf(origin: string): number {
  const port = /:(\d{1,5})$/.exec(origin)?.[1]
  if (port !== undefined) return Number(port)
  return origin.startsWith('https:') ? 443 : 80
}
