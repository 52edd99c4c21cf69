import type { Clock, Secret } from '@banyan/domain'
import type { Broker, BrokerAbilities, OneTimeCredentials } from '../broker.ts'
import type { UpstreamPort } from '../http/upstream-port.ts'
import type { CodeList } from './code-list.ts'
import { type CustomerDetails, readCustomerDetails } from './customer-details.ts'
import { readSuccess } from './envelope.ts'
import { createIciciSession, type IciciSession } from './icici-session.ts'
import { nextMidnightAfter } from './next-midnight.ts'
import { iciciAddresses, iciciOperations } from './operations.ts'
import { createSessionCalls } from './session-calls.ts'

export interface IciciParts {
  /** Made for `iciciOperations`. */
  readonly port: UpstreamPort
  /** `iciciAddresses.login` unless a stand-in takes its place. */
  readonly loginUrl?: string
  readonly clock: Clock
  readonly codes: CodeList
  /** Returns whose limits an app key's calls count against: a mac or id of the key, the same on every instance. */
  limitKeyOf(apiKey: Secret): string
}

/** ICICI Direct, whose sessions can also be asked for prices. */
export interface IciciBroker extends Broker {
  open(credentials: OneTimeCredentials, signal: AbortSignal): Promise<IciciSession>
}

const abilities: BrokerAbilities = { carriesState: false, canSignOut: false, hasDayPositions: false }

export function createIcici(parts: IciciParts): IciciBroker {
  const { port, clock, codes, loginUrl = iciciAddresses.login } = parts
  return {
    id: 'icici',
    name: 'ICICI Direct',
    abilities,
    signInUrl: (apiKey) => `${loginUrl}?api_key=${encodeKey(apiKey)}`,
    async open(credentials, signal) {
      const limitKey = parts.limitKeyOf(credentials.apiKey)
      const { account, token } = await askWhoSignedIn(parts, credentials, limitKey, signal)
      const expiresAt = nextMidnightAfter(clock.now())
      const secrets = { appKey: credentials.apiKey, apiSecret: credentials.apiSecret, token }
      const calls = createSessionCalls({ port, clock, secrets, limitKey, expiresAt })
      return createIciciSession({ account, expiresAt, calls, codes })
    },
  } satisfies Broker
}

/** Keys contain `+ = !`, and `encodeURIComponent` leaves the last as it is. */
function encodeKey(apiKey: string): string {
  return encodeURIComponent(apiKey).replaceAll(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** The one call that is not signed: it turns the code of the sign-in, which works once, into a session. */
async function askWhoSignedIn(
  { port, clock }: IciciParts,
  { apiKey, apiSecret, code }: OneTimeCredentials,
  limitKey: string,
  signal: AbortSignal,
): Promise<CustomerDetails> {
  return await port.call({
    operation: iciciOperations.customerDetails,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ SessionToken: code.reveal(), AppKey: apiKey.reveal() }),
    limitKey,
    rank: 'sync',
    secrets: [apiKey, apiSecret, code],
    signal,
    // A code that was used or came too late is "not available".
    read: (answer) =>
      readCustomerDetails(readSuccess(answer, { gives: 'record', notAvailable: 'auth_required', now: clock.now() })),
  })
}
