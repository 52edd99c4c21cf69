import { randomBytes } from 'node:crypto'
import { type Clock, dayMs, type EpochMs, istDate, istMidnight, Secret } from '@banyan/domain'
import type {
  BookReading,
  Broker,
  BrokerHolding,
  BrokerPosition,
  BrokerSession,
  OneTimeCredentials,
} from '../broker.ts'
import { scrub } from '../http/scrub.ts'
import { failureRules, UpstreamError, type UpstreamFailure } from '../outcome.ts'

/** Calls every broker has; an adapter may make several requests for one. */
export const brokerOperations = ['open', 'holdings', 'positions'] as const
export type BrokerOperation = (typeof brokerOperations)[number]

/** How a call can go wrong: it fails so, is never answered, or is refused with a text that repeats every secret the broker was sent. */
export type BrokerFault = UpstreamFailure | 'hang' | 'echo'

/** What an account at the broker holds. */
export interface MemoryBook {
  readonly holdings: readonly BrokerHolding[]
  readonly positions: readonly BrokerPosition[]
  readonly warnings?: readonly string[]
}

export interface MemoryBrokerParts {
  readonly clock: Clock
  /** `zerodha` by default; the other has one list of positions and sends no state back. */
  readonly id?: 'zerodha' | 'icici'
}

/** A broker whose accounts hold what they are given and which goes wrong when told. For tests, and as the reference of the port. */
export interface MemoryBroker extends Broker {
  /** Signs the owner of an account in; the code is good for one session within three minutes. */
  signIn(account: string): OneTimeCredentials
  /** Makes an account hold a book; one that was never given anything holds nothing. */
  hold(account: string, book: MemoryBook): void
  /** Makes the next reading of holdings give these instead, and the one after it tell the truth again. */
  misread(account: string, holdings: readonly BrokerHolding[]): void
  /** Makes every further call of an operation go wrong; with null they go well again, and those that hang are answered. */
  fail(operation: BrokerOperation, fault: BrokerFault | null): void
  /** Every call that reached the broker, in order. */
  readonly calls: readonly { readonly operation: BrokerOperation | 'close'; readonly account: string }[]
  /** Texts of every secret so far: of the sign-ins, and of the sessions made of them. */
  secrets(): readonly string[]
  /** Sessions begun and neither ended nor over. */
  openSessions(): number
}

const codeMs = 180_000

const kinds = {
  zerodha: { name: 'Zerodha', abilities: { carriesState: true, canSignOut: true, hasDayPositions: true } },
  icici: { name: 'ICICI Direct', abilities: { carriesState: false, canSignOut: false, hasDayPositions: false } },
} as const

interface SignIn extends OneTimeCredentials {
  readonly account: string
  readonly until: EpochMs
}

/** What the broker knows of a session; the token stands for it. */
interface Held {
  readonly account: string
  readonly credentials: OneTimeCredentials
  readonly token: Secret
  readonly expiresAt: EpochMs
}

export function createMemoryBroker({ clock, id = 'zerodha' }: MemoryBrokerParts): MemoryBroker {
  const { name, abilities } = kinds[id]
  const books = new Map<string, MemoryBook>()
  const misreadings = new Map<string, readonly BrokerHolding[]>()
  const faults = createFaults(id)
  const calls: { operation: BrokerOperation | 'close'; account: string }[] = []
  const signIns = new Map<string, SignIn>()
  const sessions = new Set<Held>()
  const known: Secret[] = []

  function takeSignIn({ apiKey, apiSecret, code }: OneTimeCredentials): SignIn | null {
    const found = signIns.get(code.reveal())
    signIns.delete(code.reveal())
    const isIt = found?.apiKey.reveal() === apiKey.reveal() && found.apiSecret.reveal() === apiSecret.reveal()
    return found && isIt && clock.now() < found.until ? found : null
  }

  async function reading<Row>(held: Held, operation: BrokerOperation, signal: AbortSignal, read: () => readonly Row[]) {
    signal.throwIfAborted()
    const { account, credentials, token, expiresAt } = held
    if (clock.now() >= expiresAt) sessions.delete(held)
    if (!sessions.has(held)) throw new UpstreamError('auth_required', { provider: id, operation })
    calls.push({ operation, account })
    try {
      await faults.meet(operation, [...Object.values(credentials), token], signal)
    } catch (error) {
      if (error instanceof UpstreamError && failureRules[error.failure].endsSession) sessions.delete(held)
      throw error
    }
    return { rows: read(), warnings: books.get(account)?.warnings ?? [] } satisfies BookReading<Row>
  }

  function sessionOf(held: Held): BrokerSession {
    const { account, expiresAt } = held
    return {
      account,
      expiresAt,
      holdings: (signal) => reading(held, 'holdings', signal, () => nextHoldings(account)),
      positions: (signal) => reading(held, 'positions', signal, () => positionsOf(account)),
      async close() {
        if (sessions.delete(held)) calls.push({ operation: 'close', account })
      },
    }
  }

  function nextHoldings(account: string): readonly BrokerHolding[] {
    const misread = misreadings.get(account)
    misreadings.delete(account)
    return misread ?? books.get(account)?.holdings ?? []
  }

  function positionsOf(account: string): readonly BrokerPosition[] {
    const positions = books.get(account)?.positions ?? []
    return abilities.hasDayPositions ? positions : positions.filter(({ type }) => type === 'net')
  }

  return {
    id,
    name,
    abilities,
    signInUrl(apiKey, state) {
      const url = new URL('https://broker.example/login')
      url.searchParams.set('api_key', apiKey)
      if (abilities.carriesState) url.searchParams.set('state', state)
      return url.href
    },
    async open(credentials, signal) {
      signal.throwIfAborted()
      const signedIn = takeSignIn(credentials)
      calls.push({ operation: 'open', account: signedIn?.account ?? '' })
      await faults.meet('open', Object.values(credentials), signal)
      if (signedIn === null) throw new UpstreamError('auth_required', { provider: id, operation: 'open' })
      const token = newSecret('token')
      known.push(token)
      const expiresAt = istMidnight(istDate(clock.now())) + dayMs
      const held = { account: signedIn.account, credentials, token, expiresAt }
      sessions.add(held)
      return sessionOf(held)
    },
    signIn(account) {
      const credentials = { apiKey: newSecret('key'), apiSecret: newSecret('secret'), code: newSecret('code') }
      signIns.set(credentials.code.reveal(), { ...credentials, account, until: clock.now() + codeMs })
      known.push(...Object.values(credentials))
      return credentials
    },
    hold: (account, book) => void books.set(account, book),
    misread: (account, holdings) => void misreadings.set(account, holdings),
    fail: faults.set,
    calls,
    secrets: () => known.map((secret) => secret.reveal()),
    openSessions: () => [...sessions].filter(({ expiresAt }) => clock.now() < expiresAt).length,
  } satisfies MemoryBroker
}

function createFaults(provider: string) {
  const faults = new Map<BrokerOperation, BrokerFault>()
  const waiting: (() => void)[] = []
  const untilChanged = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      waiting.push(resolve)
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  return {
    set(operation: BrokerOperation, fault: BrokerFault | null): void {
      if (fault === null) faults.delete(operation)
      else faults.set(operation, fault)
      for (const resolve of waiting.splice(0)) resolve()
    },
    /** Resolves when nothing is to go wrong with a call, after it has hung where it does. */
    async meet(operation: BrokerOperation, secrets: readonly Secret[], signal: AbortSignal): Promise<void> {
      while (faults.get(operation) === 'hang') await untilChanged(signal)
      const fault = faults.get(operation)
      if (fault !== undefined && fault !== 'hang') throw failureOf(fault, { provider, operation }, secrets)
    },
  }
}

function failureOf(
  fault: Exclude<BrokerFault, 'hang'>,
  at: { readonly provider: string; readonly operation: string },
  secrets: readonly Secret[],
): UpstreamError {
  const said =
    fault === 'echo' ? `Refused ${secrets.map((secret) => secret.reveal()).join(' and ')}.` : `Told ${fault}.`
  const vendorText = scrub(said, secrets)
  const retryAfterS = fault === 'rate_limited' ? 2 : null
  return new UpstreamError(fault === 'echo' ? 'rejected' : fault, at, { vendorText, retryAfterS })
}

/** Short enough that it does not look like a token by its length alone. */
function newSecret(kind: string): Secret {
  return new Secret(`${kind}-${randomBytes(4).toString('hex')}`)
}
