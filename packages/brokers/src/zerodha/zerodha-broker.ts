import { Secret } from '@banyan/domain'
import type { Broker, BrokerSession, OneTimeCredentials } from '../broker.ts'
import { rowOf, textIn } from '../vendor-cells.ts'
import { readHoldings } from './holdings.ts'
import { createMarketData, type ZerodhaMarketData } from './market-data.ts'
import { zerodhaAddresses, zerodhaOperations } from './operations.ts'
import { readPositions } from './positions.ts'
import { readData } from './read-answer.ts'
import { callWith, createSessionCalls, versionHeader, type ZerodhaParts } from './session-calls.ts'
import { checksumOf, type Grant, readGrant, signInUrl } from './sign-in.ts'

export interface ZerodhaBrokerParts extends ZerodhaParts {
  /** `zerodhaAddresses.login` unless a stand-in takes its place. */
  readonly loginUrl?: string
}

/** A session at Zerodha: the book of its account, and market data where the app's key has it. */
export interface ZerodhaSession extends BrokerSession, ZerodhaMarketData {
  /** Exchanges the account trades on, as Zerodha names them. */
  readonly exchanges: readonly string[]
  /** False once it is over: by time, because Zerodha said so, or because it was closed. */
  isOpen(): boolean
  /** Asks Zerodha whether it still knows the session as one of this account. */
  confirm(signal: AbortSignal): Promise<void>
  /** Returns the address of the ticker below `base`, which holds the session's credentials; null once the session is over. */
  tickerAddress(base: string): Secret | null
}

/** Returns Zerodha through Kite Connect 3, read only. All state is in the sessions it opens. */
export function createZerodha(parts: ZerodhaBrokerParts) {
  return {
    id: 'zerodha',
    name: 'Zerodha',
    abilities: { carriesState: true, canSignOut: true, hasDayPositions: true },
    signInUrl: (apiKey, state) => signInUrl(parts.loginUrl ?? zerodhaAddresses.login, apiKey, state),
    async open(credentials: OneTimeCredentials, signal: AbortSignal): Promise<ZerodhaSession> {
      return createSession(parts, credentials.apiKey, await exchange(parts, credentials, signal))
    },
  } satisfies Broker
}

function exchange(parts: ZerodhaParts, credentials: OneTimeCredentials, signal: AbortSignal): Promise<Grant> {
  const { apiKey, apiSecret, code } = credentials
  const checksum = checksumOf(credentials)
  const body = new URLSearchParams({ api_key: apiKey.reveal(), request_token: code.reveal(), checksum })
  return parts.port.call({
    operation: zerodhaOperations.openSession,
    headers: { ...versionHeader, 'content-type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
    limitKey: parts.limitKeyOf(apiKey),
    rank: 'sync',
    secrets: [apiKey, apiSecret, code, new Secret(checksum)],
    signal,
    read: (answer) => readGrant(readData(answer)),
  })
}

function createSession(parts: ZerodhaParts, apiKey: Secret, grant: Grant): ZerodhaSession {
  const { account, expiresAt, exchanges, accessToken } = grant
  const calls = createSessionCalls(parts, { apiKey, accessToken, expiresAt })
  const { call, access, forget } = calls
  return {
    ...createMarketData(calls, () => parts.clock.now()),
    account,
    expiresAt,
    exchanges,
    isOpen: () => access() !== null,
    holdings: (signal) =>
      call(zerodhaOperations.holdings, { rank: 'sync', signal, read: (answer) => readHoldings(readData(answer)) }),
    positions: (signal) =>
      call(zerodhaOperations.positions, { rank: 'sync', signal, read: (answer) => readPositions(readData(answer)) }),
    confirm: (signal) =>
      call(zerodhaOperations.profile, {
        rank: 'sync',
        signal,
        read: (answer) => refuseOther(account, readData(answer)),
      }),
    tickerAddress(base) {
      const open = access()
      if (open === null) return null
      const url = new URL(base)
      url.searchParams.set('api_key', open.apiKey.reveal())
      url.searchParams.set('access_token', open.accessToken.reveal())
      return new Secret(url.href)
    },
    async close(signal) {
      const open = access()
      forget()
      if (open === null) return
      const query = [
        ['api_key', open.apiKey.reveal()],
        ['access_token', open.accessToken.reveal()],
      ] as const
      try {
        await callWith(parts, open, zerodhaOperations.endSession, { query, rank: 'sync', signal, read: readData })
      } catch {
        // It ends at 06:00 by itself: that it could not be ended now is nobody's failure.
      }
    },
  }
}

function refuseOther(account: string, profile: unknown): void {
  if (textIn(rowOf(profile, 'the profile'), 'user_id') !== account) throw new Error('the profile is of another account')
}
