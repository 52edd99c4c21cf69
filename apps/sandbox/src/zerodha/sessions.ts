import { createHash } from 'node:crypto'
import { addDays, type EpochMs, istDate, istMidnight, istTimeOfDayMs } from '@banyan/domain'
import { inventedSecret } from '../core/invented-secret.ts'
import type { ZerodhaKey } from './zerodha-options.ts'

/** How long a request token waits to be exchanged. */
const requestTokenMs = 3 * 60_000
/** Access tokens die at six in the morning. */
const endOfSessionMs = 6 * 3_600_000

interface ZerodhaSession {
  readonly apiKey: string
  readonly userId: string
  readonly accessToken: string
  /** Handed out as well, of no use to an app that only reads. No `refresh_token` for ordinary keys. */
  readonly others: { readonly public_token: string; readonly enctoken: string; readonly refresh_token: '' }
  readonly loginTime: EpochMs
  readonly expiresAt: EpochMs
}

interface SignIn {
  readonly apiKey: string
  readonly userId: string
  readonly expiresAt: EpochMs
}

/** Request tokens and access tokens of everybody. */
export interface ZerodhaSessions {
  /** A user agreed on the login page. */
  grant(apiKey: string, userId: string, now: EpochMs): string
  /** Spends a request token; null when it is unknown, used, late or of another key, or the checksum is wrong. A wrong checksum spends nothing. */
  open(app: ZerodhaKey, requestToken: string, checksum: string, now: EpochMs): ZerodhaSession | null
  /** Returns the session of these credentials; null when they are wrong or it is over. */
  find(apiKey: string, accessToken: string, now: EpochMs): ZerodhaSession | null
  end(accessToken: string): void
  endAll(): void
}

/** Tokens follow from the seed and how many came before. */
export function createZerodhaSessions(seed: number): ZerodhaSessions {
  const signIns = new Map<string, SignIn>()
  const sessions = new Map<string, ZerodhaSession>()
  let issued = 0
  const invent = (what: string) => inventedSecret(seed, 'zerodha', what, ++issued)
  return {
    grant(apiKey, userId, now) {
      const token = invent('request token')
      signIns.set(token, { apiKey, userId, expiresAt: now + requestTokenMs })
      return token
    },
    open({ apiKey, apiSecret }, requestToken, checksum, now) {
      const signIn = signIns.get(requestToken)
      if (signIn?.apiKey !== apiKey || now >= signIn.expiresAt) return null
      if (checksum !== checksumOf(apiKey, requestToken, apiSecret)) return null
      signIns.delete(requestToken)
      const { userId } = signIn
      // A second login of the same user with the same key ends the first.
      for (const old of sessions.values()) {
        if (old.apiKey === apiKey && old.userId === userId) sessions.delete(old.accessToken)
      }
      const session: ZerodhaSession = {
        apiKey,
        userId,
        accessToken: invent('access token'),
        others: { public_token: invent('public token'), enctoken: invent('enctoken'), refresh_token: '' },
        loginTime: now,
        expiresAt: sessionEnd(now),
      }
      sessions.set(session.accessToken, session)
      return session
    },
    find(apiKey, accessToken, now) {
      const session = sessions.get(accessToken)
      return session?.apiKey === apiKey && now < session.expiresAt ? session : null
    },
    end: (accessToken) => void sessions.delete(accessToken),
    endAll: () => sessions.clear(),
  }
}

function checksumOf(apiKey: string, requestToken: string, apiSecret: string): string {
  return createHash('sha256').update(`${apiKey}${requestToken}${apiSecret}`).digest('hex')
}

function sessionEnd(loginTime: EpochMs): EpochMs {
  const today = istDate(loginTime)
  return istMidnight(istTimeOfDayMs(loginTime) < endOfSessionMs ? today : addDays(today, 1)) + endOfSessionMs
}
