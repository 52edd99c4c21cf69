import { BanyanError, type ErrorCode } from '@banyan/domain'
import type { FastifyRequest } from 'fastify'
import type { CredentialsFace, KeyCaller, Role, SessionCaller } from '../../modules/identity/index.ts'
import { type ExplicitCredential, explicitCredentialOf, tokenOf } from './explicit-credentials.ts'
import { refuseForeignCookie, type SiteParts } from './page-origin.ts'
import { sessionCookieOf } from './session-cookie.ts'

export type ApiChecksParts = SiteParts & {
  readonly credentials: Pick<CredentialsFace, 'checkToken' | 'checkKey'>
}

/**
 * Returns the checks of the routes below `/api` by name (stocktrendz.md §3, fincrux.md §3):
 *
 * | check | lets in |
 * |---|---|
 * | `user` | a live session by header or cookie; an API key only where the route names a scope |
 * | `signOut` | the same sessions, and nobody: signing out twice is no mistake |
 * | `visitor` | the same as `user`, and who has no credential; a bad one is refused |
 *
 * A cookie beside an explicit credential is not even looked at. Tokens in the query are never read.
 */
export function createApiChecks(parts: ApiChecksParts) {
  return {
    async user(request: FastifyRequest): Promise<void> {
      const explicit = explicitCredentialOf(request)
      const caller = await identify(request, explicit, parts.credentials)
      authorise(request, caller)
      if (explicit === null) refuseForeignCookie(request, parts)
      request.caller = caller
    },
    async visitor(request: FastifyRequest): Promise<void> {
      const explicit = explicitCredentialOf(request)
      if (explicit === null && sessionCookieOf(request) === null) return
      const check = () => identify(request, explicit, parts.credentials)
      const caller = await check()
      authorise(request, caller)
      if (explicit === null) refuseForeignCookie(request, parts)
      request.caller = { accountId: caller.accountId, check } satisfies LastingCaller
    },
    async signOut(request: FastifyRequest): Promise<void> {
      const explicit = explicitCredentialOf(request)
      const caller = await orNobody(identify(request, explicit, parts.credentials))
      if (caller?.kind === 'key') throw new BanyanError('api_key_not_allowed')
      if (explicit === null && sessionCookieOf(request) !== null) refuseForeignCookie(request, parts)
      request.caller = caller
    },
  }
}

/** Returns who calls, on a route of `user` without scope. */
export function sessionOf(request: FastifyRequest): SessionCaller {
  return request.caller as SessionCaller
}

/** Returns whose account a call is about, on a route of `user` with or without scope. */
export function accountIdOf(request: FastifyRequest): number {
  return (request.caller as SessionCaller | KeyCaller).accountId
}

/** Somebody whose request lasts, so that the credential is looked at again. */
export interface LastingCaller {
  readonly accountId: number
  /** Rejects as the first look would have. */
  check(): Promise<unknown>
}

/** Returns who calls a route of `visitor`; null without a credential. */
export function visitorOf(request: FastifyRequest): LastingCaller | null {
  return request.caller as LastingCaller | null
}

async function identify(
  request: FastifyRequest,
  explicit: ExplicitCredential | null,
  credentials: ApiChecksParts['credentials'],
): Promise<SessionCaller | KeyCaller> {
  if (explicit?.kind === 'key') return credentials.checkKey(explicit.text)
  if (explicit?.kind === 'token') return credentials.checkToken(tokenOf(explicit.text), ['session', 'access'])
  const cookie = sessionCookieOf(request)
  if (cookie === null) throw new BanyanError('missing_credentials')
  return credentials.checkToken(cookie, ['session'])
}

const rank = { 'read-only': 0, member: 1, owner: 2 } as const satisfies Record<Role, number>

function authorise(request: FastifyRequest, caller: SessionCaller | KeyCaller): void {
  const { scope, leastRole = 'read-only' } = request.routeOptions.config
  if (caller.kind === 'key' && scope === undefined) throw new BanyanError('api_key_not_allowed')
  if (caller.kind === 'key' && !caller.scopes.some((held) => held === scope))
    throw new BanyanError('insufficient_scope')
  if (rank[caller.role] < rank[leastRole]) throw new BanyanError('insufficient_role')
}

/** What a session that cannot be ended looks like. A genuine token of another kind is a mistake all the same, and a key is none. */
const noSession: readonly ErrorCode[] = ['missing_credentials', 'invalid_token', 'token_expired', 'session_revoked']

async function orNobody<T>(identified: Promise<T>): Promise<T | null> {
  try {
    return await identified
  } catch (error) {
    if (error instanceof BanyanError && noSession.includes(error.code)) return null
    throw error
  }
}
