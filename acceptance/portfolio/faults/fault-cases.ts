import type { SandboxBroker } from '../sandbox-process.ts'

/** How a sync ends; the codes and statuses are those of stocktrendz.md §6.1. */
type Ending = 'ok' | 'broker_rejected' | 'broker_unreachable' | 'broker_timeout' | 'broker_rate_limited'

export const statusOf: Readonly<Record<Ending, number>> = {
  ok: 200,
  broker_rejected: 422,
  broker_unreachable: 502,
  broker_timeout: 504,
  broker_rate_limited: 503,
}

/** A fault of a broker and what people are told of it (upstreams.md §1.2). */
export interface FaultCase {
  readonly fault: string
  /** Where the fault strikes a session that was connected; null where it would show nothing new. */
  readonly connected: Ending | null
  /** Where it strikes a sync from the sign-in on. */
  readonly fresh: Ending
  readonly brokers?: readonly SandboxBroker[]
}

const everywhere = (fault: string, ending: Ending): FaultCase => ({ fault, connected: ending, fresh: ending })

/** Faults that tell of an answer; their syncs end at once. */
export const quickFaults: readonly FaultCase[] = [
  everywhere('refuse', 'broker_unreachable'),
  everywhere('reset', 'broker_unreachable'),
  everywhere('slow:1500', 'ok'),
  everywhere('status:400:InputException', 'broker_rejected'),
  everywhere('status:403', 'broker_rejected'),
  everywhere('status:403:TokenException', 'broker_rejected'),
  everywhere('status:403:PermissionException', 'broker_rejected'),
  everywhere('status:500', 'broker_unreachable'),
  everywhere('status:503', 'broker_unreachable'),
  everywhere('status:504', 'broker_timeout'),
  everywhere('html:200', 'broker_unreachable'),
  everywhere('html:502', 'broker_unreachable'),
  everywhere('truncate', 'broker_unreachable'),
  everywhere('garbage', 'broker_unreachable'),
  everywhere('wrong_type', 'broker_unreachable'),
  everywhere('echo_secret', 'broker_rejected'),
  {
    fault: 'missing_field:tradingsymbol',
    connected: 'broker_unreachable',
    fresh: 'broker_unreachable',
    brokers: ['zerodha'],
  },
  {
    fault: 'missing_field:stock_code',
    connected: 'broker_unreachable',
    fresh: 'broker_unreachable',
    brokers: ['icici'],
  },
  { fault: 'partial:positions', connected: 'broker_unreachable', fresh: 'broker_unreachable', brokers: ['zerodha'] },
  {
    fault: 'partial:portfoliopositions',
    connected: 'broker_unreachable',
    fresh: 'broker_unreachable',
    brokers: ['icici'],
  },
  { fault: 'expire_session', connected: 'broker_rejected', fresh: 'ok' },
  everywhere('revoke', 'broker_rejected'),
]

/** Faults that take until a deadline passes. */
export const slowFaults: readonly FaultCase[] = [
  everywhere('hang', 'broker_timeout'),
  everywhere('drip', 'broker_timeout'),
  everywhere('slow:6000', 'broker_timeout'),
  // Each call comes in time, and all of them together do where they are four: ICICI has one more.
  { fault: 'slow:4500', connected: null, fresh: 'ok', brokers: ['zerodha'] },
  { fault: 'slow:4500', connected: null, fresh: 'broker_timeout', brokers: ['icici'] },
]

/** Faults after which everybody has to wait, up to a minute. */
export const pausingFaults: readonly FaultCase[] = [
  { fault: 'status:429:empty', connected: 'broker_rate_limited', fresh: 'broker_rate_limited', brokers: ['zerodha'] },
  { fault: 'status:429', connected: 'broker_rate_limited', fresh: 'broker_rate_limited', brokers: ['zerodha'] },
  everywhere('rate_limit', 'broker_rate_limited'),
]
