import type { HoldingsReply, PnlReply, PositionsReply } from '@banyan/contracts'
import { bearer, callFor, type Reply } from '../../identity/call.ts'
import { type BrokerStage, socketsLeft } from '../broker-stage.ts'
import type { SandboxBroker, SandboxFault } from '../sandbox-process.ts'
import { type Caller, credentialsFrom, type SyncReply, syncConnected, syncOnce } from '../sync-call.ts'
import { type FaultCase, statusOf } from './fault-cases.ts'
import { createTable, type FaultFigure, type FaultTable } from './figures.ts'

/** quality-bar.md U1: 10 s a call and 25 s a sync, and a fifth more. */
const callBarS = 12
const syncBarS = 30
/** A first try and the two that reading may have. */
const triesBar = 3

const signIns = { zerodha: 'open-session', icici: 'customerdetails' } as const
/**
 * One fault after the other would open the circuit, which has figures of its own. Good syncs in between keep it closed; at ICICI its pace of
 * 95 calls a minute does.
 */
const goodSyncs = { zerodha: 2, icici: 0 } as const

/** Somebody connected, and how many more syncs this minute allows. */
interface Connected {
  readonly person: Caller
  readonly syncsLeft: number
}

/** Measures faults one after the other, and in the end how many connections are left. The broker is well before and after each. */
export async function measureFaults(
  stage: BrokerStage,
  broker: SandboxBroker,
  cases: readonly FaultCase[],
): Promise<readonly FaultFigure[]> {
  const figures: FaultFigure[] = []
  let known: Connected | null = null
  for (const one of cases) {
    const current: Connected = known ?? (await connectWell(stage, broker))
    figures.push(...(await measureFault({ stage, broker, person: current.person }, one)))
    // A broker that refuses may have ended the session.
    const isSpent: boolean = current.syncsLeft < 4 || one.connected === 'broker_rejected'
    known = isSpent ? null : { ...current, syncsLeft: current.syncsLeft - 2 }
  }
  const table = createTable(broker, 'all of a stage')
  table.atMost('sockets left', await socketsLeft(stage, broker), 0)
  return [...figures, ...table.lines]
}

async function connectWell(stage: BrokerStage, broker: SandboxBroker): Promise<Connected> {
  const person = await stage.addConnected(broker)
  const given = { headers: bearer(person.token), json: {} }
  for (let i = 0; i < goodSyncs[broker]; i++) await callFor(200, person.origin, `/api/brokers/${broker}/sync`, given)
  return { person, syncsLeft: 5 - goodSyncs[broker] }
}

/** Strikes a sync of a connected account, and one from the sign-in on. */
async function measureFault(
  { stage, broker, person }: Pick<Struck, 'stage' | 'broker' | 'person'>,
  { fault, connected, fresh }: FaultCase,
): Promise<readonly FaultFigure[]> {
  const table = createTable(broker, fault)
  const struck: Struck = { stage, broker, table, person, fault: orderOf(fault) }
  if (connected !== null) await strike(struck, 'connected', connected, () => syncConnected(person, broker))
  const credentials = await credentialsFrom(stage.sandbox, broker, stage.newKey())
  await strike(struck, 'fresh', fresh, () => syncOnce(person, broker, credentials))
  return table.lines
}

/** Often enough for all tries of a sync; `refuse` takes no count. */
function orderOf(fault: string): SandboxFault {
  return fault === 'refuse' || fault === 'expire_session' ? { fault } : { fault, count: 20 }
}

interface Struck {
  readonly stage: BrokerStage
  readonly broker: SandboxBroker
  readonly table: FaultTable
  readonly person: Caller
  readonly fault: SandboxFault
}

async function strike(
  { stage, broker, table, person, fault }: Struck,
  kind: 'connected' | 'fresh',
  ending: keyof typeof statusOf,
  sync: () => Promise<Reply<SyncReply>>,
): Promise<void> {
  const { sandbox } = stage
  const before = await bookText(person)
  const calls = (await sandbox.log(broker)).length
  await sandbox.setFault(broker, fault)
  const started = performance.now()
  const reply = await sync()
  const seconds = (performance.now() - started) / 1_000
  await sandbox.clearFaults(broker)

  const isOfOneCall = ending !== 'ok' && !fault.fault.startsWith('slow:4500')
  table.atMost(`${kind}: seconds`, seconds, isOfOneCall ? callBarS : syncBarS)
  const told = reply.status === 200 ? 'ok' : `${reply.body.code} of ${reply.body.broker}`
  table.equal(
    `${kind}: told`,
    `${reply.status} ${told}`,
    `${statusOf[ending]} ${ending}${ending === 'ok' ? '' : ` of ${broker}`}`,
  )
  if (ending === 'broker_rate_limited')
    table.equal(`${kind}: Retry-After`, String(/^[1-9]\d*$/.test(reply.headers.get('retry-after') ?? '')), 'true')
  const made = (await sandbox.log(broker)).slice(calls).map(({ operation }) => operation)
  const countOf = (name: string | null) => made.filter((operation) => operation === name).length
  table.atMost(`${kind}: sign-ins tried`, countOf(signIns[broker]), kind === 'fresh' ? 1 : 0)
  table.atMost(`${kind}: tries of a call`, Math.max(0, ...made.map(countOf)), triesBar)
  table.equal(
    `${kind}: book`,
    (await bookText(person)) === before ? 'as before' : 'replaced',
    ending === 'ok' ? 'replaced' : 'as before',
  )
}

/** Everything stored of the person's book, as a text to be compared. */
async function bookText({ origin, token }: Caller): Promise<string> {
  const get = async <T>(path: string) => (await callFor<T>(200, origin, path, { headers: bearer(token) })).body
  const all = [
    await get<HoldingsReply>('/api/portfolio/holdings'),
    await get<PositionsReply>('/api/portfolio/positions'),
    await get<PnlReply>('/api/portfolio/pnl'),
  ]
  return JSON.stringify(all, (name, value: unknown) => (name === 'age_ms' ? undefined : value))
}
