import { istDate } from '@banyan/domain'
import type { SandboxAnswer, SandboxCall, SandboxClock } from '../core/upstream.ts'
import type { VendorFaults } from '../core/vendor-faults.ts'
import type { BreezeSession, BreezeSessions } from './breeze-sessions.ts'
import type { CallAllowance } from './call-allowance.ts'
import { refusals } from './envelope.ts'
import type { IciciApp } from './icici-options.ts'
import { isSigned } from './signature.ts'

export interface EntranceParts {
  readonly clock: SandboxClock
  readonly sessions: BreezeSessions
  readonly allowance: CallAllowance
  readonly faults: VendorFaults
  appOf(apiKey: string): IciciApp | null
}

/** Who is calling, or why they are turned away. */
type Entry<Caller> = { readonly caller: Caller } | { readonly refused: SandboxAnswer }

/** What every call passes before it is answered. */
export interface Entrance {
  /** Of a call without a session: its key must be known and have calls left. */
  admitApp(apiKey: string): Entry<IciciApp>
  /** Of API v2, which is not signed. */
  admitSession(call: SandboxCall): Entry<BreezeSession>
  /** Of API v1: as {@link admitSession}, and the body must be signed. */
  admitSigned(call: SandboxCall): Entry<BreezeSession>
}

export function createEntrance({ clock, sessions, allowance, faults, appOf }: EntranceParts): Entrance {
  const limitReached = (...names: string[]) => {
    if (faults.use('rate_limit')) return refusals.minute
    const limit = allowance.take(names, { elapsedMs: clock.elapsedMs(), date: istDate(clock.now()) })
    return limit === null ? null : refusals[limit]
  }
  const admit = (apiKey: string, call: SandboxCall): Entry<BreezeSession> => {
    const app = appOf(apiKey)
    if (app === null) return { refused: refusals.key }
    const session = sessions.find(headerOf(call, 'x-sessiontoken'), app, call.now)
    const refused = limitReached(`key ${apiKey}`, ...(session ? [`user ${session.userId}`] : []))
    if (refused) return { refused }
    if (session === null) return { refused: refusals.session }
    if (!faults.use('revoke')) return { caller: session }
    sessions.end(session)
    return { refused: refusals.session }
  }
  return {
    admitApp(apiKey) {
      const app = appOf(apiKey)
      if (app === null) return { refused: refusals.key }
      const refused = limitReached(`key ${apiKey}`)
      return refused ? { refused } : { caller: app }
    },
    admitSession: (call) => admit(headerOf(call, 'apikey'), call),
    admitSigned(call) {
      const entry = admit(headerOf(call, 'x-appkey'), call)
      if ('refused' in entry || isSigned(call.headers, call.body, entry.caller.app.apiSecret, call.now)) return entry
      return { refused: refusals.checksum }
    },
  }
}

function headerOf({ headers }: SandboxCall, name: string): string {
  return String(headers[name] ?? '')
}
