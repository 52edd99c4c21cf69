import { Secret } from '@banyan/domain'
import type { OneTimeCredentials } from '../../broker.ts'
import type { BrokerFault, BrokerOperation } from '../../memory/memory-broker.ts'
import { breezeAnswer, pageAnswer } from './breeze-answer.ts'
import { holdingRow, positionRow } from './breeze-rows.ts'
import { isSigned, type SeenRequest, type Vendor } from './breeze-server.ts'

/** A vendor with two accounts that signs people in, checks signatures and goes wrong when told. */
export interface BreezeAccounts {
  readonly accounts: readonly [string, string]
  readonly vendor: Vendor
  /** Makes an app of its own and a code for it; the code is good for one session. */
  signIn(account: string): OneTimeCredentials
  /** As the suite of brokers wants it. */
  fail(operation: BrokerOperation, fault: BrokerFault | null): void
  /** Every secret so far. */
  secrets(): readonly string[]
}

interface App extends OneTimeCredentials {
  readonly account: string
}

const operations: Readonly<Record<string, BrokerOperation>> = {
  customerdetails: 'open',
  portfolioholdings: 'holdings',
  dematholdings: 'holdings',
  portfoliopositions: 'positions',
}

const failures: Readonly<Record<Exclude<BrokerFault, 'hang' | 'echo'>, ReturnType<typeof breezeAnswer>>> = {
  auth_required: breezeAnswer({ Status: 5, Error: 'Invalid session' }, { status: 401 }),
  forbidden: breezeAnswer({ Status: 5, Error: 'IP address used does not match' }),
  rejected: breezeAnswer({ Status: 5, Error: 'Request Object is Invalid' }),
  rate_limited: breezeAnswer(
    { Status: 5, Error: 'Limit exceed: API call per minute:Try after some time' },
    { status: 401 },
  ),
  unavailable: breezeAnswer({ Status: 500, Error: 'We are not able to process your request' }),
  timeout: pageAnswer(504),
  malformed: pageAnswer(200),
}

export function createBreezeAccounts(): BreezeAccounts {
  const apps: App[] = []
  const spent = new Set<App>()
  const faults = new Map<BrokerOperation, BrokerFault>()
  const released = new Map<BrokerOperation, PromiseWithResolvers<void>>()
  const tokenOf = ({ account, code }: App) => Buffer.from(`${account}:${code.reveal()}`).toString('base64')

  const open = ({ body }: SeenRequest) => {
    const { AppKey, SessionToken } = JSON.parse(body.toString('utf8')) as { AppKey: string; SessionToken: string }
    const app = apps.find(({ apiKey, code }) => apiKey.reveal() === AppKey && code.reveal() === SessionToken)
    if (app === undefined || spent.has(app)) return breezeAnswer({ Status: 500, Error: 'Resource not available.' })
    spent.add(app)
    return breezeAnswer({ Success: { session_token: tokenOf(app), idirect_userid: app.account } })
  }
  const read = (request: SeenRequest) => {
    const app = apps.find((each) => tokenOf(each) === request.headers['x-sessiontoken'])
    if (app === undefined) return failures.auth_required
    if (!isSigned(request, app.apiSecret))
      return breezeAnswer({ Status: 5, Error: 'Invalid Checksum' }, { status: 401 })
    return breezeAnswer({ Success: rowsOf(request, app.account) })
  }

  return {
    accounts: ['ASHA', 'BELA'],
    async vendor(request) {
      const operation = operations[request.operation]
      const fault = operation && faults.get(operation)
      if (operation && fault === 'hang') await released.get(operation)?.promise
      else if (fault === 'echo') return breezeAnswer({ Status: 5, Error: `You sent ${secretsOf(apps).join(' ')}` })
      else if (fault && fault !== 'hang') return failures[fault]
      return request.operation === 'customerdetails' ? open(request) : read(request)
    },
    signIn(account) {
      const secret = (name: string) => new Secret(`${name}-of-${account}-${apps.length}-${crypto.randomUUID()}`)
      const app = { account, apiKey: secret('key'), apiSecret: secret('secret'), code: secret('code') }
      apps.push(app)
      return app
    },
    fail(operation, fault) {
      released.get(operation)?.resolve()
      released.set(operation, Promise.withResolvers())
      if (fault === null) faults.delete(operation)
      else faults.set(operation, fault)
    },
    secrets: () => [...secretsOf(apps), ...apps.map(tokenOf)],
  }
}

function secretsOf(apps: readonly App[]): string[] {
  return apps.flatMap(({ apiKey, apiSecret, code }) => [apiKey, apiSecret, code].map((secret) => secret.reveal()))
}

/** The accounts own different shares, so that whose rows came can be told. */
function rowsOf({ operation, body }: SeenRequest, account: string): readonly object[] {
  const code = account === 'ASHA' ? 'BANTRE' : 'PEEPUL'
  if (operation === 'portfoliopositions') return [positionRow({ stock_code: code, action: 'Sell', quantity: '40' })]
  const isNse = body.toString('utf8') === '{"exchange_code":"NSE"}'
  return operation === 'portfolioholdings' && isNse ? [holdingRow(code, '10')] : []
}
