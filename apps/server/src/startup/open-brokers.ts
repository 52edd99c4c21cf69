import { type Broker, type BrokerId, processTimers } from '@banyan/brokers'
import { dayFileLimits, dayFileOperations } from '@banyan/brokers/eod'
import { createUpstreamPort, type SharedBuckets, type UpstreamPort, type UpstreamPortParts } from '@banyan/brokers/http'
import { createCodeMaster, createIcici, iciciLimits, iciciOperations, readIciciCallback } from '@banyan/brokers/icici'
import { yahooLimits, yahooOperations, yahooPlaces } from '@banyan/brokers/yahoo'
import { createZerodha, readSignInCode, zerodhaLimits, zerodhaOperations } from '@banyan/brokers/zerodha'
import type { Clock, Secret } from '@banyan/domain'
import type { Config } from '../config.ts'
import type { Keyring } from '../infra/sealing/keyring.ts'
import { type AppCredentials, createAdminGate, createSourceSession } from '../modules/source-sessions/index.ts'
import { countCalls } from './count-calls.ts'
import { withCodes } from './icici-with-codes.ts'

export interface OpenBrokersParts {
  readonly config: Config
  readonly clock: Clock
  readonly keyring: Pick<Keyring, 'mac'>
  /** Where instances count calls together; null where there is one. */
  readonly buckets: SharedBuckets | null
  /** Hears why the list of ICICI's codes could not be loaded. */
  onCodesProblem(error: unknown): void
  /** Hears of a call that a broker has no address for: a defect of ours. */
  onDefect(operation: string, status: number): void
}

export type OpenBrokers = ReturnType<typeof openBrokers>

/** Brokers that this release knows and cannot use: no contract says how their books are read. */
const unavailable = [
  { id: 'kotak', name: 'Kotak Securities' },
  { id: 'synapsewave', name: 'Synapsewave (ODIN)' },
] as const satisfies readonly { id: BrokerId; name: string }[]

/** Builds everything that talks to brokers: the only ways out of this process, the adapters behind them, and the server's own sessions. */
export function openBrokers(parts: OpenBrokersParts) {
  const { config, clock, keyring, buckets, onDefect } = parts
  const open = (given: Omit<UpstreamPortParts, 'clock' | 'allowPrivate' | 'buckets'>) =>
    createUpstreamPort({ ...given, clock, allowPrivate: true, ...(buckets === null ? {} : { buckets }) })
  const zerodhaPort = open({
    provider: 'zerodha',
    hosts: { rest: config.zerodhaApiUrl },
    operations: Object.values(zerodhaOperations),
    limits: zerodhaLimits,
  })
  const iciciPort = countCalls(
    open({
      provider: 'icici',
      hosts: { api: config.iciciApiUrl, history: config.iciciHistoryUrl, master: config.iciciMasterUrl },
      operations: Object.values(iciciOperations),
      limits: iciciLimits,
    }),
    clock,
  )
  const yahooPort = open({
    provider: 'yahoo',
    hosts: { charts: config.yahooUrl },
    operations: Object.values(yahooOperations),
    limits: yahooLimits,
    places: yahooPlaces,
  })
  const dayFilesPort = open({
    provider: 'eod',
    hosts: { nse: config.nseArchivesUrl, bse: config.bseDownloadUrl },
    operations: Object.values(dayFileOperations),
    limits: dayFileLimits,
  })
  const limitKeyOf = (apiKey: Secret) => keyring.mac('broker-key', apiKey.reveal()).toString('hex', 0, 16)
  const codes = createCodeMaster({ port: iciciPort, clock })
  const zerodha = createZerodha({ port: zerodhaPort, clock, limitKeyOf, loginUrl: config.zerodhaLoginUrl, onDefect })
  const plainIcici = createIcici({
    port: iciciPort,
    clock,
    codes,
    limitKeyOf,
    loginUrl: `${config.iciciApiUrl}/apiuser/login`,
  })
  const icici = withCodes(plainIcici, { codes, clock, onProblem: parts.onCodesProblem })
  return {
    /** Those whose books can be read. */
    brokers: [zerodha, icici] as readonly Broker[],
    unavailable: unavailable.map((one) => ({
      ...one,
      reason: `${one.name} does not say how a portfolio is read through its API, so it is off.`,
    })),
    codes,
    yahooPort,
    dayFilesPort,
    zerodhaSource: {
      session: createSourceSession({
        broker: zerodha,
        app: appOf(config.zerodhaApiKey, config.zerodhaApiSecret),
        clock,
      }),
      gate: createAdminGate(config.zerodhaAdminSecret, clock),
    },
    iciciSource: {
      session: createSourceSession({ broker: icici, app: appOf(config.iciciApiKey, config.iciciApiSecret), clock }),
      gate: createAdminGate(config.iciciAdminSecret, clock),
    },
    timers: processTimers,
    readCode: (broker: BrokerId, fields: URLSearchParams) =>
      broker === 'icici' ? readIciciCallback(membersOf(fields)) : readSignInCode(fields),
    /** About: a call tried again is counted once. */
    budgetLeft: (broker: BrokerId, apiKey: Secret) =>
      broker === 'icici' ? Math.max(0, usable(iciciLimits.day.calls) - iciciPort.callsToday(limitKeyOf(apiKey))) : null,
    async close() {
      await Promise.all([zerodhaPort, iciciPort, yahooPort, dayFilesPort].map((port: UpstreamPort) => port.close()))
    },
  }
}

/** The ways out stay 5 % below what is published (upstreams.md §1.5). */
const usable = (calls: number) => Math.floor(calls * 0.95)

function appOf(apiKey: Secret | null, apiSecret: Secret | null): AppCredentials | null {
  return apiKey === null || apiSecret === null ? null : { apiKey, apiSecret }
}

/** A member given twice has no value. */
function membersOf(fields: URLSearchParams): Record<string, string | null> {
  return Object.fromEntries(
    [...fields.keys()].map((name) => {
      const values = fields.getAll(name)
      return [name, values.length === 1 ? (values[0] ?? null) : null]
    }),
  )
}
