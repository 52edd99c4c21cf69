import { randomBytes } from 'node:crypto'
import type { BrokerId } from '@banyan/brokers'
import { BanyanError, type Clock, type EpochMs, type Secret } from '@banyan/domain'

/** Sign-ins at brokers that people of this server have begun, and the codes that came back from them. All of it in memory, none of it for long. */
export interface SignIns {
  /** Notes that somebody goes to a broker's page from this session of ours. Returns what the broker should send back. */
  begin(sessionId: string, broker: BrokerId): { readonly state: string; readonly expiresInS: number }
  /**
   * Takes a code that a browser brought from a broker; returns the id under which its owner claims it, or null for a `state` nobody began. Where a
   * broker sends no state back (`state` null), whoever claims must have begun.
   */
  receive(broker: BrokerId, code: Secret, state: string | null): string | null
  /** Hands a code to the session that began the sign-in, once. Throws `invalid_parameter` about `claim` for any other. */
  claim(sessionId: string, broker: BrokerId, claim: string): Secret
}

/** quality-bar.md T9. */
const beginMs = 600_000
/** The redirect's page claims at once (upstreams.md §3.1). */
const claimMs = 60_000
/** Of each kind; the oldest go, as somebody who fills it can only harm those who come in the same minutes. */
const keptAtMost = 10_000

interface Begun {
  readonly sessionId: string
  readonly broker: BrokerId
  readonly until: EpochMs
}

interface Received {
  readonly broker: BrokerId
  readonly code: Secret
  /** Null when the broker did not tell. */
  readonly sessionId: string | null
  readonly until: EpochMs
}

export function createSignIns(clock: Clock): SignIns {
  const begun = new Map<string, Begun>()
  const received = new Map<string, Received>()

  function takeBegun(matches: (one: Begun, state: string) => boolean): Begun | null {
    for (const [state, one] of begun) {
      if (one.until <= clock.now() || !matches(one, state)) continue
      begun.delete(state)
      return one
    }
    return null
  }

  return {
    begin(sessionId, broker) {
      const state = randomBytes(32).toString('base64url')
      keep(begun, state, { sessionId, broker, until: clock.now() + beginMs }, clock)
      return { state, expiresInS: beginMs / 1_000 }
    },
    receive(broker, code, state) {
      const by = state === null ? null : takeBegun((one, its) => its === state && one.broker === broker)
      if (state !== null && by === null) return null
      const claim = randomBytes(16).toString('base64url')
      keep(received, claim, { broker, code, sessionId: by?.sessionId ?? null, until: clock.now() + claimMs }, clock)
      return claim
    },
    claim(sessionId, broker, claim) {
      const one = received.get(claim)
      const isIt = one !== undefined && one.broker === broker && one.until > clock.now()
      const isMine = isIt && one.sessionId === sessionId
      const isFree = isIt && one.sessionId === null
      const began = isFree && takeBegun((by) => by.sessionId === sessionId && by.broker === broker) !== null
      if (!isMine && !began) throw refusedClaim()
      received.delete(claim)
      return (one as Received).code
    },
  }
}

function keep<T extends { readonly until: EpochMs }>(held: Map<string, T>, key: string, value: T, clock: Clock): void {
  held.set(key, value)
  for (const [old, { until }] of held) {
    if (until > clock.now() && held.size <= keptAtMost) return
    held.delete(old)
  }
}

function refusedClaim(): BanyanError {
  const reason = 'is over, used, or of a sign-in that was not begun here: sign in at the broker again'
  return new BanyanError('invalid_parameter', { details: [{ field: 'claim', reason }] })
}
