import { createHash, randomBytes } from 'node:crypto'
import { Secret } from '@banyan/domain'
import type { OneTimeCredentials } from '../../broker.ts'
import type { UpstreamAnswer } from '../../http/upstream-port.ts'
import type { ManualTime } from '../../memory/manual-time.ts'
import type { BrokerFault, BrokerOperation } from '../../memory/memory-broker.ts'
import { formatVendorTime } from '../vendor-time.ts'
import { type KiteAnswer, type KiteRequest, type KiteServer, startKiteServer } from './kite-server.ts'
import { failure, page, success } from './vendor-answers.ts'

interface SignIn extends OneTimeCredentials {
  readonly account: string
}

/** A vendor with accounts: single-use codes, tokens that are looked at, an invented book each, and faults when told. */
export async function startKiteHouse(time: ManualTime) {
  const signIns = new Map<string, SignIn>()
  const accounts = new Map<string, string>()
  const secrets: string[] = []
  const faults = createFaults()
  const newSecret = (kind: string): string => {
    // Shorter than what is taken for a token by its length alone.
    const secret = `${kind}-${randomBytes(4).toString('hex')}`
    secrets.push(secret)
    return secret
  }

  const openSession = (body: string): UpstreamAnswer => {
    const form = new URLSearchParams(body)
    const signedIn = signIns.get(form.get('request_token') ?? '')
    signIns.delete(form.get('request_token') ?? '')
    if (signedIn === undefined || form.get('checksum') !== checksumOf(signedIn)) return failure(403, 'TokenException')
    const { apiKey, account } = signedIn
    const access_token = newSecret('token')
    accounts.set(`token ${apiKey.reveal()}:${access_token}`, account)
    return success({ user_id: account, access_token, exchanges: ['NSE'], login_time: formatVendorTime(time.now()) })
  }
  const answer = ({ method, path, body, authorization }: KiteRequest): UpstreamAnswer => {
    if (method === 'POST') return openSession(body)
    const account = accounts.get(authorization ?? '')
    if (account === undefined) return failure(403, 'TokenException')
    if (method === 'DELETE') return success(accounts.delete(authorization ?? ''))
    return success(path.endsWith('holdings') ? holdingsOf(account) : positionsOf(account))
  }
  const server: KiteServer = await startKiteServer((request) => faults.meet(request, () => answer(request)))
  return {
    server,
    signIn(account: string): OneTimeCredentials {
      const [apiKey, apiSecret, code] = ['key', 'secret', 'code'].map((kind) => new Secret(newSecret(kind)))
      if (!apiKey || !apiSecret || !code) throw new Error('a secret is missing')
      signIns.set(code.reveal(), { apiKey, apiSecret, code, account })
      return { apiKey, apiSecret, code }
    },
    fail: faults.set,
    secrets: () => secrets,
  }
}

function checksumOf({ apiKey, apiSecret, code }: OneTimeCredentials): string {
  const parts = [apiKey, code, apiSecret].map((secret) => secret.reveal())
  return createHash('sha256').update(parts.join('')).digest('hex')
}

const priced = { last_price: 101.25, close_price: 100.75, average_price: 100.5 }

function holdingsOf(account: string): readonly object[] {
  const held = { exchange: 'NSE', isin: '', product: 'CNC', t1_quantity: 5, ...priced }
  return ['TCS', 'INFY-BE'].map((tradingsymbol) => ({ ...held, tradingsymbol, quantity: account.charCodeAt(0) }))
}

function positionsOf(account: string): Readonly<Record<'net' | 'day', readonly object[]>> {
  const quantity = account.charCodeAt(0)
  const [bought, worth] = [quantity * priced.average_price, quantity * priced.last_price]
  const values = {
    buy_value: bought,
    sell_value: 0,
    buy_m2m: bought,
    sell_m2m: 0,
    pnl: worth - bought,
    m2m: worth - bought,
  }
  const row = { tradingsymbol: 'TCS', exchange: 'NSE', product: 'MIS', multiplier: 1, overnight_quantity: 0 }
  const position = { ...row, ...priced, ...values, quantity }
  return { net: [position], day: [position] }
}

const failures: Readonly<Record<Exclude<BrokerFault, 'hang' | 'echo'>, UpstreamAnswer>> = {
  auth_required: failure(403, 'TokenException'),
  forbidden: failure(403, 'PermissionException'),
  rejected: failure(400, 'InputException'),
  rate_limited: failure(429, 'NetworkException'),
  unavailable: failure(503, 'NetworkException'),
  timeout: failure(504, 'NetworkException'),
  malformed: page(200),
}

function createFaults() {
  const faults = new Map<BrokerOperation, BrokerFault>()
  let waiting: (() => void)[] = []
  return {
    set(operation: BrokerOperation, fault: BrokerFault | null): void {
      if (fault === null) faults.delete(operation)
      else faults.set(operation, fault)
      for (const goOn of waiting) goOn()
      waiting = []
    },
    async meet(request: KiteRequest, answer: () => UpstreamAnswer): Promise<KiteAnswer> {
      const operation = operationOf(request)
      while (operation && faults.get(operation) === 'hang') await new Promise<void>((goOn) => waiting.push(goOn))
      const fault = operation && faults.get(operation)
      if (!fault || fault === 'hang') return answer()
      return fault === 'echo' ? failure(400, 'InputException', echoOf(request)) : failures[fault]
    },
  }
}

function operationOf({ method, path }: KiteRequest): BrokerOperation | null {
  if (method === 'POST') return 'open'
  return (['holdings', 'positions'] as const).find((name) => path.endsWith(name)) ?? null
}

const echoOf = ({ authorization, query, body }: KiteRequest) =>
  `Refused ${authorization} ${query} ${body}`.slice(0, 300)
