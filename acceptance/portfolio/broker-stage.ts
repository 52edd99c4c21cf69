import { setTimeout as sleep } from 'node:timers/promises'
import { type BanyanProcess, startBanyan, temporaryFolder } from '../banyan-process.ts'
import { register } from '../identity/people.ts'
import { openSockets } from '../open-sockets.ts'
import { type SandboxBroker, type SandboxProcess, startSandboxProcess } from './sandbox-process.ts'
import { type Caller, connect, credentialsFrom } from './sync-call.ts'

/** A server and brokers of its own. What it learns of them by faults, as open circuits and pauses, is of no other stage. */
export interface BrokerStage {
  readonly banyan: BanyanProcess
  readonly sandbox: SandboxProcess
  /** Registers somebody. An account may sync six times a minute. */
  addPerson(): Promise<Caller>
  /** Registers somebody and connects a broker; rejects unless that goes well. */
  addConnected(broker: SandboxBroker): Promise<Caller>
  /** Returns an app key that was not used before. */
  newKey(): string
  close(): Promise<void>
}

/** Starts both; the server counts nobody's calls. */
export async function startBrokerStage(): Promise<BrokerStage> {
  const home = temporaryFolder('banyan-stage-')
  const sandbox = await startSandboxProcess({ banyanUrl: 'http://localhost:8080', folder: home.path })
  const { MARKET: _live, ...addresses } = sandbox.settings
  const replay = { MARKET: 'replay', REPLAY_START: '15:45', REPLAY_LOOP: 'off' }
  // A proxy's many connections are not bounded per address.
  const unbounded = { RATE_LIMIT: 'off', TRUST_PROXY: '127.0.0.1' }
  const banyan = await startBanyan({ BANYAN_HOME: home.path, ...addresses, ...replay, ...unbounded })
  const { origin } = banyan
  let made = 0
  const newKey = () => `key-${made++}`
  const addPerson = async () => {
    const { signedIn } = await register(origin, `person${made++}@example.com`)
    return { origin, token: signedIn.access }
  }
  return {
    banyan,
    sandbox,
    newKey,
    addPerson,
    async addConnected(broker) {
      const person = await addPerson()
      const reply = await connect(person, broker, await credentialsFrom(sandbox, broker, newKey()))
      if (reply.status !== 200) throw new Error(`${broker} is to be well, and answers ${reply.status} ${reply.text}`)
      return person
    },
    async close() {
      await banyan.stop('SIGKILL')
      await sandbox.stop()
      home.remove()
    },
  }
}

/** Connections that are kept for further calls are closed after five seconds. */
const keptMs = 10_000

/** Returns how many connections to a broker the server still has after the time for which it keeps them. */
export async function socketsLeft({ banyan, sandbox }: BrokerStage, broker: SandboxBroker): Promise<number> {
  const { port } = new URL(sandbox.settings[broker === 'icici' ? 'ICICI_API_URL' : 'ZERODHA_API_URL'] ?? '')
  const count = () => openSockets(banyan.pid).filter(({ remote }) => remote.endsWith(`:${port}`)).length
  for (const deadline = Date.now() + keptMs; count() > 0 && Date.now() < deadline; ) await sleep(200)
  return count()
}
