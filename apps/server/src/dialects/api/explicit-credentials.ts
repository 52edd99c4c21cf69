import { BanyanError } from '@banyan/domain'
import type { FastifyRequest } from 'fastify'

/** A credential a caller put into the request on purpose; a cookie is not one. */
export interface ExplicitCredential {
  readonly kind: 'token' | 'key'
  readonly text: string
}

/**
 * Returns the request's one explicit credential, or null. Throws `multiple_credentials` for more, equal ones included: which of them
 * counts would be a guess (stocktrendz.md §3). Header fields are counted as they were sent, since Node drops a second Authorization.
 */
export function explicitCredentialOf(request: FastifyRequest): ExplicitCredential | null {
  const found = [...headerCredentials(request.raw.rawHeaders), ...queryKeys(request.query)]
  if (found.length > 1) throw new BanyanError('multiple_credentials')
  return found[0] ?? null
}

function* headerCredentials(rawHeaders: readonly string[]): Generator<ExplicitCredential> {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase()
    const value = rawHeaders[i + 1] ?? ''
    if (name === 'authorization') yield { kind: 'token', text: value }
    if (name === 'x-api-key') yield { kind: 'key', text: value }
  }
}

function queryKeys(query: unknown): readonly ExplicitCredential[] {
  const given = (query as Readonly<Record<string, string | string[] | undefined>>)['api_key']
  return given === undefined ? [] : [given].flat().map((text) => ({ kind: 'key', text }))
}

/** Returns the token of an Authorization field. Throws `invalid_token` for another scheme than Bearer and JWT, which mean the same. */
export function tokenOf(authorization: string): string {
  const token = /^(?:bearer|jwt) +(\S+) *$/i.exec(authorization)?.[1]
  if (token === undefined) throw new BanyanError('invalid_token')
  return token
}
