import type { Broker, BrokerId } from '@banyan/brokers'
import type { EpochMs } from '@banyan/domain'
import type { ConnectedSession } from './connected-sessions.ts'
import type { SyncFailure } from './sync-failures.ts'

/** How things stand between an account of ours and one at a broker. */
type BrokerState = 'connected' | 'signed_out' | 'not_available'

export interface BrokerLine {
  readonly broker: BrokerId
  readonly name: string
  /** Null before the first sync. */
  readonly brokerAccount: string | null
  readonly state: BrokerState
  /** Why it is not available, for people; null where it is. */
  readonly reason: string | null
  /** When the session is over; null without one. */
  readonly expiresAt: EpochMs | null
  /** When the book was read last; null never. */
  readonly lastSuccess: EpochMs | null
  /** The last sync that failed since then; null where none did, or none that this process knows of. */
  readonly lastFailure: SyncFailure | null
  /** Calls the broker lets the key make today; null without a session, or where there is no such limit. */
  readonly budgetLeft: number | null
  /** Where one signs in, with `{api_key}` for the key of the person's own app; null where one cannot. */
  readonly signInUrl: string | null
}

export interface KnownBook {
  readonly broker: string
  readonly brokerAccount: string
  readonly syncedAt: EpochMs
}

interface Known {
  readonly books: readonly KnownBook[]
  readonly connected: readonly ConnectedSession[]
  readonly failures: readonly SyncFailure[]
}

/** Returns a line for each account at each broker, and one for brokers without any: those that can be used first. */
export function readBoard(
  available: readonly Broker[],
  unavailable: readonly { readonly id: BrokerId; readonly name: string; readonly reason: string }[],
  known: Known,
): readonly BrokerLine[] {
  return [
    ...available.flatMap((broker) => linesOf(broker, known)),
    ...unavailable.map(
      ({ id, name, reason }) => ({ ...nothing, broker: id, name, state: 'not_available', reason }) as const,
    ),
  ]
}

const nothing = {
  brokerAccount: null,
  reason: null,
  expiresAt: null,
  lastSuccess: null,
  lastFailure: null,
  budgetLeft: null,
  signInUrl: null,
} as const

function linesOf({ id, name, signInUrl }: Broker, { books, connected, failures }: Known): readonly BrokerLine[] {
  const sessions = new Map(connected.filter(({ broker }) => broker === id).map((one) => [one.session.account, one]))
  const syncedAt = new Map(
    books.filter(({ broker }) => broker === id).map((book) => [book.brokerAccount, book.syncedAt]),
  )
  const own = failures.filter(({ broker }) => broker === id)
  const tried = own.flatMap(({ brokerAccount }) => brokerAccount ?? [])
  const accounts = [...new Set([...syncedAt.keys(), ...sessions.keys(), ...tried])].sort()
  const shared = { ...nothing, broker: id, name, signInUrl: templateOf(signInUrl) }
  if (accounts.length === 0) return [{ ...shared, state: 'signed_out', lastFailure: latest(own) }]
  return accounts.map((brokerAccount) => {
    const session = sessions.get(brokerAccount)
    const lastSuccess = syncedAt.get(brokerAccount) ?? null
    // Before the broker said whose account it is, it could accuse one of two lines of what is the other's.
    const isOfThis = ({ brokerAccount: of }: SyncFailure) =>
      of === brokerAccount || (of === null && accounts.length === 1)
    const isSince = ({ at }: SyncFailure) => lastSuccess === null || at > lastSuccess
    return {
      ...shared,
      brokerAccount,
      state: session === undefined ? 'signed_out' : 'connected',
      expiresAt: session?.session.expiresAt ?? null,
      lastSuccess,
      lastFailure: latest(own.filter((failure) => isOfThis(failure) && isSince(failure))),
      budgetLeft: session?.budgetLeft() ?? null,
    }
  })
}

const latest = (failures: readonly SyncFailure[]): SyncFailure | null =>
  failures.toSorted((a, b) => a.at - b.at).at(-1) ?? null

/** The key is the person's own and not known here. */
function templateOf(signInUrl: Broker['signInUrl']): string {
  const key = 'YOURAPIKEY'
  const url = new URL(signInUrl(key, ''))
  url.searchParams.delete('redirect_params')
  return url.href.replace(key, '{api_key}')
}
