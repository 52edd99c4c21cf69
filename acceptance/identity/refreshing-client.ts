import { createHash } from 'node:crypto'
import { call, type Reply } from './call.ts'
import type { SignedIn } from './people.ts'

/** A client that keeps its newest refresh token and, like a browser with two pages, spends it twice at once. */
export interface RefreshingClient {
  /** Tries until a reply says how it went, or the server is gone; then the token stays what it was. */
  refresh(origin: string): Promise<'renewed' | 'no reply' | 'refused'>
  /** The newest token it was given. */
  token(): string
  /** How many different tokens followed one and the same, at most: more than one is a fork. */
  mostSuccessors(): number
  renewals(): number
}

export function createRefreshingClient(first: SignedIn): RefreshingClient {
  let token = first.refresh
  const successors = new Map<string, Set<string>>()

  async function refresh(origin: string) {
    const spent = token
    const replies = (await Promise.all([tryOnce(origin, spent), tryOnce(origin, spent)])).filter((one) => one !== null)
    for (const { status, body } of replies) {
      if (status !== 200) continue
      successors.set(spent, (successors.get(spent) ?? new Set()).add(body.refresh))
      token = body.refresh
    }
    if (token !== spent) return 'renewed'
    return replies.length === 0 ? 'no reply' : 'refused'
  }

  return {
    refresh,
    token: () => token,
    mostSuccessors: () => Math.max(0, ...[...successors.values()].map(({ size }) => size)),
    renewals: () => successors.size,
  }
}

/** Null when the server went away before it had answered. */
async function tryOnce(origin: string, refresh: string): Promise<Reply<SignedIn> | null> {
  try {
    return await call<SignedIn>(origin, '/api/auth/refresh', { json: { refresh } })
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Returns the session a token belongs to and what the store keeps of the token. */
export function readToken(token: string): { readonly sessionId: string; readonly hash: string } {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
  const { sid, jti } = JSON.parse(payload) as { sid: string; jti: string }
  return { sessionId: sid, hash: createHash('sha256').update(jti).digest('hex') }
}
