import { median } from '../../../bench/statistics.ts'
import { type BrokerStage, socketsLeft } from '../broker-stage.ts'
import type { SandboxBroker } from '../sandbox-process.ts'
import { type Caller, syncConnected } from '../sync-call.ts'
import { createTable, type FaultFigure } from './figures.ts'

const [people, syncsEach] = [3, 4]
/** quality-bar.md U3: ten calls open the circuit; so many more are under way then. */
const callsBar = 10 + people

/** Measures what an outage of a broker costs its own people, the broker and those of the other broker. */
export async function measureOutage(stage: BrokerStage, broker: SandboxBroker): Promise<readonly FaultFigure[]> {
  const { sandbox } = stage
  const table = createTable(broker, 'outage')
  const other = broker === 'icici' ? 'zerodha' : 'icici'
  const witness = await stage.addConnected(other)
  const affected: Caller[] = []
  for (let i = 0; i < people; i++) affected.push(await stage.addConnected(broker))
  const healthy = await timeSyncs(witness, other, 2)

  await sandbox.setFault(broker, { fault: 'status:500', count: 1_000 })
  const holdingsCalls = async () =>
    (await sandbox.log(broker)).filter(({ operation }) => operation?.endsWith('holdings')).length
  const start = await holdingsCalls()
  const failing = affected.map(async (person) => {
    for (let i = 0; i < syncsEach; i++) await syncConnected(person, broker)
  })
  const [beside] = await Promise.all([timeSyncs(witness, other, 3), ...failing])
  const opened = await holdingsCalls()
  const replies = await Promise.all(affected.map((person) => syncConnected(person, broker)))

  table.atMost('calls until the circuit opened', opened - start, callsBar)
  table.atMost('calls while it is open', (await holdingsCalls()) - opened, 0)
  const told = new Set(replies.map(({ status, body }) => `${status} ${body.code}`))
  table.equal('told while it is open', [...told].join(', '), '502 broker_unreachable')
  table.atMost(`syncs of ${other} that failed`, beside.failed, 0)
  table.report(`median sync of ${other}, times as long as before`, median(beside.ms) / median(healthy.ms))
  await sandbox.clearFaults(broker)
  table.atMost('sockets left', await socketsLeft(stage, broker), 0)
  return table.lines
}

async function timeSyncs(person: Caller, broker: SandboxBroker, count: number) {
  const ms: number[] = []
  let failed = 0
  for (let i = 0; i < count; i++) {
    const started = performance.now()
    const { status } = await syncConnected(person, broker)
    ms.push(performance.now() - started)
    if (status !== 200) failed += 1
  }
  return { ms, failed }
}
