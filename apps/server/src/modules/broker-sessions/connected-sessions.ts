import type { BrokerId, BrokerSession } from '@banyan/brokers'
import type { Clock, EpochMs } from '@banyan/domain'

/** A session that its owner asked to keep. */
export interface ConnectedSession {
  readonly broker: BrokerId
  readonly session: BrokerSession
  readonly since: EpochMs
  /** Returns how many calls the broker lets its key make today; null where there is no limit for a day. */
  budgetLeft(): number | null
}

/** Sessions at brokers kept for the next sync: in the memory of this process and nowhere else. */
export interface ConnectedSessions {
  /** Keeps one in place of an older one of the same account at the broker, which is forgotten. */
  add(accountId: number, connected: ConnectedSession): void
  /** Returns those that are not over. */
  list(accountId: number): readonly ConnectedSession[]
  /** Returns the one of this account at the broker, or with null the only one there is; null without. Counts as use. */
  find(accountId: number, broker: BrokerId, brokerAccount: string | null): ConnectedSession | null
  /** Forgets one and returns it. */
  take(accountId: number, broker: BrokerId, brokerAccount: string | null): ConnectedSession | null
  /** Forgets all of an account. */
  forget(accountId: number): readonly ConnectedSession[]
  /** Forgets what is over by time or was not used for long; for a timer. */
  sweep(): void
}

/** quality-bar.md B4. */
const idleMs = 12 * 3_600_000

interface Held extends ConnectedSession {
  usedAt: EpochMs
}

export function createConnectedSessions(clock: Clock): ConnectedSessions {
  const byAccount = new Map<number, Map<string, Held>>()
  const isOver = ({ session, usedAt }: Held) => session.expiresAt <= clock.now() || clock.now() - usedAt >= idleMs
  const keyOf = (broker: BrokerId, brokerAccount: string) => `${broker} ${brokerAccount}`

  function liveOf(accountId: number): Map<string, Held> {
    const held = byAccount.get(accountId) ?? new Map<string, Held>()
    for (const [key, one] of held) if (isOver(one)) held.delete(key)
    if (held.size === 0) byAccount.delete(accountId)
    return held
  }

  function search(accountId: number, broker: BrokerId, brokerAccount: string | null): [string, Held] | null {
    const own = [...liveOf(accountId)].filter(([, one]) => one.broker === broker)
    if (brokerAccount !== null) return own.find(([key]) => key === keyOf(broker, brokerAccount)) ?? null
    return own.length === 1 ? (own[0] ?? null) : null
  }

  return {
    add(accountId, connected) {
      const held = liveOf(accountId)
      held.set(keyOf(connected.broker, connected.session.account), { ...connected, usedAt: clock.now() })
      byAccount.set(accountId, held)
    },
    list: (accountId) => [...liveOf(accountId).values()],
    find(accountId, broker, brokerAccount) {
      const found = search(accountId, broker, brokerAccount)?.[1] ?? null
      if (found !== null) found.usedAt = clock.now()
      return found
    },
    take(accountId, broker, brokerAccount) {
      const found = search(accountId, broker, brokerAccount)
      if (found === null) return null
      byAccount.get(accountId)?.delete(found[0])
      return found[1]
    },
    forget(accountId) {
      const all = [...liveOf(accountId).values()]
      byAccount.delete(accountId)
      return all
    },
    sweep() {
      for (const accountId of byAccount.keys()) liveOf(accountId)
    },
  }
}
