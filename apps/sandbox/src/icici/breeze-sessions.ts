import type { EpochMs } from '@banyan/domain'
import { inventedSecret } from '../core/invented-secret.ts'
import type { IciciApp } from './icici-options.ts'
import { nextMidnight } from './sign-in-codes.ts'

export interface BreezeSession {
  /** Base64 of `userid:key`. */
  readonly token: string
  readonly app: IciciApp
  readonly userId: string
  readonly endsAt: EpochMs
}

/** Sessions end at 00:00 IST. The vendor knows no logout, and a person may have several. */
export interface BreezeSessions {
  open(app: IciciApp, userId: string, now: EpochMs): BreezeSession
  /** Returns the session of a token as it was handed out; null when it is over or another app's. */
  find(token: string, app: IciciApp, now: EpochMs): BreezeSession | null
  end(session: BreezeSession): void
  endAll(): void
}

export function createBreezeSessions(seed: number): BreezeSessions {
  const sessions = new Map<string, BreezeSession>()
  let opened = 0
  return {
    open(app, userId, now) {
      const key = inventedSecret('icici/session', seed, app.apiKey, userId, opened++)
      const token = Buffer.from(`${userId}:${key}`).toString('base64')
      const session = { token, app, userId, endsAt: nextMidnight(now) }
      sessions.set(token, session)
      return session
    },
    find(token, { apiKey }, now) {
      const session = sessions.get(token)
      return session?.app.apiKey === apiKey && now < session.endsAt ? session : null
    },
    end: ({ token }) => void sessions.delete(token),
    endAll: () => sessions.clear(),
  }
}
