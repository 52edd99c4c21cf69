import { type BrokerSession, brokerProblem, type OneTimeCredentials, UpstreamError } from '@banyan/brokers'
import { BanyanError, type Clock, type EpochMs, type Secret } from '@banyan/domain'

/** The server's own app at a broker. */
export interface AppCredentials {
  readonly apiKey: Secret
  readonly apiSecret: Secret
}

/** What anybody may know of a session that feeds prices: nothing that is secret. */
interface SourceSessionStatus {
  /** True when the operator has set a key and its secret. */
  readonly configured: boolean
  /** True when there is a session that is not over and was not refused since. */
  readonly valid: boolean
  /** When it is over at the latest; null while it is not valid. */
  readonly expiresAt: EpochMs | null
  /** Null while it is not valid. */
  readonly activatedAt: EpochMs | null
  /** When the session was looked at last; null before the first activation. */
  readonly checkedAt: EpochMs | null
}

/** The session that feeds prices to everybody. It lives in memory and ends with the process, its day, or the broker's refusal. */
export interface SourceSession<Session> {
  status(): SourceSessionStatus
  /** Returns the session, or null while there is none that is good. */
  current(): Session | null
  /**
   * Opens a session from a fresh sign-in in place of the one there is. Throws `provider_not_configured` without an app of the server's own, and
   * what a broker's refusal is called; then the old session stays.
   */
  activate(code: Secret): Promise<SourceSessionStatus>
}

export interface SourceSessionParts<Session> {
  readonly broker: {
    readonly name: string
    open(credentials: OneTimeCredentials, signal: AbortSignal): Promise<Session>
  }
  /** Null when the operator has set none. */
  readonly app: AppCredentials | null
  readonly clock: Clock
}

/** Signing in is one call, which the way out bounds by itself; this is for a broker that answers bit by bit. */
const openWithinMs = 12_000

/** `Session` tells itself whether it is over; one that the broker ended at another sign-in finds out with its next call. */
export function createSourceSession<Session extends BrokerSession & { isOpen(): boolean }>({
  broker,
  app,
  clock,
}: SourceSessionParts<Session>): SourceSession<Session> {
  let held: { readonly session: Session; readonly since: EpochMs } | null = null
  let checkedAt: EpochMs | null = null

  function current(): Session | null {
    if (held === null) return null
    checkedAt = clock.now()
    if (held.session.isOpen() && held.session.expiresAt > checkedAt) return held.session
    held = null
    return null
  }

  function status(): SourceSessionStatus {
    const session = current()
    const [expiresAt, activatedAt] = [session?.expiresAt ?? null, held?.since ?? null]
    return { configured: app !== null, valid: session !== null, expiresAt, activatedAt, checkedAt }
  }

  return {
    current,
    status,
    async activate(code) {
      if (app === null) {
        const message = `The operator has set no key and secret of an app at ${broker.name}.`
        throw new BanyanError('provider_not_configured', { message })
      }
      try {
        const session = await broker.open({ ...app, code }, AbortSignal.timeout(openWithinMs))
        held = { session, since: clock.now() }
      } catch (error) {
        if (error instanceof UpstreamError) throw brokerProblem(error, broker.name)
        if (error instanceof DOMException && error.name === 'TimeoutError')
          throw new BanyanError('broker_timeout', { cause: error })
        throw error
      }
      return status()
    },
  }
}
