import { createHash } from 'node:crypto'
import { type EpochMs, Secret } from '@banyan/domain'
import type { OneTimeCredentials } from '../broker.ts'
import { listOf, rowOf, textIn } from '../vendor-cells.ts'
import { sessionEndAfter } from './session-end.ts'
import { timeIn } from './vendor-time.ts'

/**
 * Returns the address at which the owner of an app key signs in. The vendor knows no `state` of its own; what is in `redirect_params` comes
 * back in the query of the redirect.
 */
export function signInUrl(loginUrl: string, apiKey: string, state: string): string {
  const url = new URL(loginUrl)
  // A host alone means its page.
  if (url.pathname === '/') url.pathname = '/connect/login'
  url.searchParams.set('v', '3')
  url.searchParams.set('api_key', apiKey)
  url.searchParams.set('redirect_params', new URLSearchParams({ state }).toString())
  return url.href
}

/** Returns the code a redirect after signing in brought in its query; null when the sign-in ended otherwise. The code works once, for minutes. */
export function readSignInCode(query: URLSearchParams): Secret | null {
  const codes = query.getAll('request_token')
  const ended = query.getAll('status').some((status) => status !== 'success')
  return !ended && codes.length === 1 && codes[0] ? new Secret(codes[0]) : null
}

/** Returns lower-case hex SHA-256 of the three texts one after the other, which proves the secret without sending it. */
export function checksumOf({ apiKey, apiSecret, code }: OneTimeCredentials): string {
  return createHash('sha256').update(`${apiKey.reveal()}${code.reveal()}${apiSecret.reveal()}`).digest('hex')
}

/** What a sign-in gives. Names, e-mail address and the tokens nobody needs are not kept. */
export interface Grant {
  readonly account: string
  readonly accessToken: Secret
  readonly expiresAt: EpochMs
  /** Exchanges the account trades on, as the vendor names them. */
  readonly exchanges: readonly string[]
}

/** Reads `data` of `POST /session/token`. Throws when it is not understood. */
export function readGrant(data: unknown): Grant {
  const row = rowOf(data, 'the session')
  const accessToken = row['access_token']
  if (typeof accessToken !== 'string' || !/^[\x21-\x7e]{1,512}$/.test(accessToken))
    throw new Error('access_token is missing')
  const loginTime = timeIn(row, 'login_time')
  if (loginTime === null) throw new Error('login_time is empty')
  return {
    account: textIn(row, 'user_id'),
    accessToken: new Secret(accessToken),
    expiresAt: sessionEndAfter(loginTime),
    // A code works once, so a sign-in must not fail for what can be done without.
    exchanges: listOf(row['exchanges'] ?? [], 'exchanges').map(String),
  }
}
