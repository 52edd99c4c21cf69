import {
  type Broker,
  type BrokerId,
  type BrokerSession,
  failureRules,
  type Timers,
  UpstreamError,
} from '@banyan/brokers'
import { BanyanError, type Clock, type EpochMs, Secret, type TradingDate } from '@banyan/domain'
import { type BrokerLine, type KnownBook, readBoard } from './board.ts'
import { createConnectedSessions } from './connected-sessions.ts'
import { createSignIns } from './sign-ins.ts'
import { createSyncFailures } from './sync-failures.ts'

/** What a sync stored. */
export interface BookReport {
  readonly broker: BrokerId
  readonly brokerAccount: string
  readonly holdings: number
  /** Open ones by list. */
  readonly netPositions: number
  readonly dayPositions: number
  readonly syncedAt: EpochMs
  readonly snapshotDate: TradingDate
  readonly warnings: readonly string[]
}

/** Where books are read into. Throws as a sync does; what a broker said is the cause. */
interface BookSync {
  sync(accountId: number, broker: Broker, open: (signal: AbortSignal) => Promise<BrokerSession>): Promise<BookReport>
  listBooks(accountId: number): Promise<readonly KnownBook[]>
}

/** What a person's own app key and a sign-in at the broker give. */
export interface GivenCredentials {
  readonly apiKey: Secret
  readonly apiSecret: Secret
  /** The code itself, or the claim of one that came back by redirect. */
  readonly code: Secret | { readonly claim: string }
}

/** The broker sent no code; nobody began the sign-in here; the broker is not available here. */
type RedirectProblem = 'no_code' | 'not_begun' | 'not_available'

/** Whose call it is: an account, through one session of ours. */
interface Asking {
  readonly accountId: number
  readonly sessionId: string
}

/**
 * Sessions at brokers that people keep open for the next sync, and the sign-ins that lead to them. Nothing of it is stored: it ends with the
 * token, with this process, or after 12 hours without use, and another instance knows nothing of it.
 */
export interface BrokerSessionsModule {
  /** How things stand at each broker. */
  board(accountId: number): Promise<readonly BrokerLine[]>
  /** Returns the broker's page for a person's own app key. */
  beginSignIn(asking: Asking, broker: BrokerId, apiKey: string): { readonly url: string; readonly expiresInS: number }
  /** Takes what a broker's redirect brought; returns the id to claim its code by, or why there is none. */
  receiveRedirect(
    broker: BrokerId,
    fields: URLSearchParams,
  ): { readonly claim: string } | { readonly problem: RedirectProblem }
  /** Reads the book with a fresh sign-in and keeps the session. Throws `invalid_parameter` about `claim`, and as a sync does. */
  connect(asking: Asking, broker: BrokerId, given: GivenCredentials): Promise<BookReport>
  /** Reads the book again with the session kept. `brokerAccount` may be null when there is one. Throws `broker_sign_in_required` without. */
  sync(accountId: number, broker: BrokerId, brokerAccount: string | null): Promise<BookReport>
  /** Ends a kept session. Throws `not_found` without. */
  disconnect(accountId: number, broker: BrokerId, brokerAccount: string | null): Promise<void>
  /** Forgets every session of an account, and what failed. */
  forget(accountId: number): void
  /** Ends the sweeping. Sessions go with the process. */
  stop(): void
}

interface BrokerSessionsParts {
  readonly brokers: readonly Broker[]
  readonly unavailable: readonly { readonly id: BrokerId; readonly name: string; readonly reason: string }[]
  readonly books: BookSync
  readonly clock: Clock
  readonly timers: Timers
  /** Returns the code that a broker's redirect brought; null when it brought none. */
  readCode(broker: BrokerId, fields: URLSearchParams): Secret | null
  /** Returns how many calls a key may still make today; null where the broker sets no limit for a day. */
  budgetLeft(broker: BrokerId, apiKey: Secret): number | null
}

const sweepMs = 60_000
/** To be told that a session ends is a courtesy to the broker: nobody waits long for it. */
const closeMs = 5_000

export function createBrokerSessionsModule(parts: BrokerSessionsParts): BrokerSessionsModule {
  const { brokers, books, clock } = parts
  const connected = createConnectedSessions(clock)
  const signIns = createSignIns(clock)
  const failures = createSyncFailures(clock)
  const stopSweeping = parts.timers.every(sweepMs, () => connected.sweep())

  function brokerOf(id: BrokerId): Broker {
    const broker = brokers.find((one) => one.id === id)
    if (broker) return broker
    const reason = parts.unavailable.find((one) => one.id === id)?.reason
    throw new BanyanError('provider_not_configured', reason === undefined ? {} : { message: reason })
  }

  return {
    async board(accountId) {
      const known = await books.listBooks(accountId)
      const kept = { connected: connected.list(accountId), failures: failures.list(accountId) }
      return readBoard(brokers, parts.unavailable, { books: known, ...kept })
    },
    beginSignIn({ sessionId }, id, apiKey) {
      const broker = brokerOf(id)
      const { state, expiresInS } = signIns.begin(sessionId, id)
      return { url: broker.signInUrl(apiKey, state), expiresInS }
    },
    receiveRedirect(id, fields) {
      const broker = brokers.find((one) => one.id === id)
      if (!broker) return { problem: 'not_available' }
      const code = parts.readCode(id, fields)
      if (code === null) return { problem: 'no_code' }
      const state = broker.abilities.carriesState ? (fields.get('state') ?? '') : null
      const claim = signIns.receive(id, code, state)
      return claim === null ? { problem: 'not_begun' } : { claim }
    },
    async connect({ accountId, sessionId }, id, { apiKey, apiSecret, code: given }) {
      const broker = brokerOf(id)
      const code = given instanceof Secret ? given : signIns.claim(sessionId, id, given.claim)
      let session: BrokerSession | null = null
      const report = await books
        .sync(accountId, broker, async (signal) => {
          session = await broker.open({ apiKey, apiSecret, code }, signal)
          return kept(session)
        })
        .catch(async (error: unknown) => {
          failures.note(accountId, { broker: id, brokerAccount: session?.account ?? null }, error)
          await session?.close(AbortSignal.timeout(closeMs))
          throw error
        })
      const budgetLeft = () => parts.budgetLeft(id, apiKey)
      if (session !== null) connected.add(accountId, { broker: id, session, since: clock.now(), budgetLeft })
      return report
    },
    async sync(accountId, id, brokerAccount) {
      const broker = brokerOf(id)
      const found = connected.find(accountId, id, brokerAccount)
      if (found === null) throw signInFirst(broker)
      try {
        return await books.sync(accountId, broker, async () => kept(found.session))
      } catch (error) {
        failures.note(accountId, { broker: id, brokerAccount: found.session.account }, error)
        if (isOver(error)) connected.take(accountId, id, found.session.account)
        throw error
      }
    },
    async disconnect(accountId, id, brokerAccount) {
      const found = connected.take(accountId, id, brokerAccount)
      if (found === null) throw new BanyanError('not_found')
      await found.session.close(AbortSignal.timeout(closeMs))
    },
    forget(accountId) {
      failures.forget(accountId)
      for (const { session } of connected.forget(accountId)) void session.close(AbortSignal.timeout(closeMs))
    },
    stop: stopSweeping,
  }
}

/** Returns the session as somebody sees it who must not end it. */
function kept(session: BrokerSession): BrokerSession {
  return { ...session, close: async () => undefined }
}

function signInFirst({ name }: Broker): BanyanError {
  const message = `There is no open session at ${name} on this server. Sign in there again.`
  return new BanyanError('broker_sign_in_required', { message })
}

function isOver(error: unknown): boolean {
  const { cause } = error instanceof Error ? error : {}
  return cause instanceof UpstreamError && failureRules[cause.failure].endsSession
}
