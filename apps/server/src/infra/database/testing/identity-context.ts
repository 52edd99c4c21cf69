import { createHash } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import type {
  IdentityStore,
  IdentityTransaction,
  NewAccount,
  StoredApplication,
  StoredAuditEvent,
  StoredCode,
  StoredDevice,
  StoredKey,
  StoredPasskey,
  StoredSession,
  StoredStep,
} from '../../../modules/identity/index.ts'
import type { Database } from '../database.ts'
import { testNow } from './open-stores.ts'

export const minuteMs = 60_000

/** What a test of the identity store is given: an empty store of this release's schema. */
export interface IdentityContext {
  readonly database: Database
  readonly store: IdentityStore
  /** Stores over one database: one on SQLite, two with a pool each on PostgreSQL. */
  readonly instances: readonly IdentityStore[]
  /** Inserts an account and returns its id. */
  addAccount(told?: Partial<NewAccount>): Promise<number>
}

/** Runs one write in a transaction of its own. */
export function write<T>({ store }: IdentityContext, work: (tx: IdentityTransaction) => Promise<T>): Promise<T> {
  return store.atomically(work)
}

/** Runs `times` transactions at once, in turn over the instances, and returns what each gave. */
export function race<T>(
  { instances }: IdentityContext,
  times: number,
  work: (tx: IdentityTransaction, n: number) => Promise<T>,
): Promise<readonly T[]> {
  const runs = Array.from({ length: times }, (_, n) => instances[n % instances.length]?.atomically((tx) => work(tx, n)))
  return Promise.all(runs) as Promise<readonly T[]>
}

/** Returns how many of the values are this one. */
export function countOf(values: readonly unknown[], value: unknown): number {
  return values.filter((one) => one === value).length
}

/** Returns every row of every table as text: what a dump of the database would show. */
export async function dumpRows({ database }: IdentityContext): Promise<string> {
  const listing =
    database.engine === 'sqlite'
      ? `select name from sqlite_schema where type = 'table'`
      : `select table_name from information_schema.tables where table_schema = current_schema()`
  const tables = await database.readArrays(CompiledQuery.raw(listing))
  const rows: unknown[] = []
  for (const [table] of tables)
    rows.push(table, await database.readArrays(CompiledQuery.raw(`select * from "${table}"`)))
  return JSON.stringify(rows)
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

let made = 0

export function accountOf(told: Partial<NewAccount> = {}): NewAccount {
  const n = ++made
  return {
    email: `asha${n}@example.in`,
    name: 'Asha',
    mobile: '+919800000001',
    clientCode: `AB${n}`,
    role: 'member',
    plan: 'hobby',
    passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
    passwordChangedAt: testNow,
    mpinHash: null,
    otpChannel: 'email',
    otpBesideTotp: false,
    disabledAt: null,
    createdAt: testNow,
    lastSignInAt: null,
    ...told,
  }
}

export function sessionOf(accountId: number, told: Partial<StoredSession> = {}): StoredSession {
  const n = ++made
  return {
    id: `session-${n}`,
    accountId,
    surface: 'api',
    applicationId: null,
    tokenHash: null,
    createdAt: testNow,
    lastSeenAt: testNow,
    expiresAt: testNow + 60 * minuteMs,
    endedAt: null,
    address: '203.0.113.7',
    userAgent: 'Firefox',
    deviceFacts: null,
    refreshHash: hashOf(`refresh ${n}`),
    refreshIssuedAt: testNow,
    previousRefreshHash: null,
    ...told,
  }
}

export function keyOf(accountId: number, told: Partial<StoredKey> = {}): StoredKey {
  const n = ++made
  return {
    id: `key-${n}`,
    accountId,
    name: 'notebook',
    keyHash: hashOf(`key ${n}`),
    prefix: 'bk_abc',
    scopes: ['market:read', 'journal:read'],
    createdAt: testNow,
    expiresAt: null,
    lastUsedAt: null,
    ...told,
  }
}

export function applicationOf(accountId: number, told: Partial<StoredApplication> = {}): StoredApplication {
  const n = ++made
  return {
    id: `application-${n}`,
    accountId,
    name: 'my robot',
    consumerKey: `consumer-${n}`,
    secretHash: hashOf(`secret ${n}`),
    isEnabled: true,
    createdAt: testNow,
    lastUsedAt: null,
    ...told,
  }
}

export function deviceOf(accountId: number, udid: string, told: Partial<StoredDevice> = {}): StoredDevice {
  return {
    id: `device-${++made}`,
    accountId,
    udidMac: hashOf(udid),
    label: null,
    trustedAt: null,
    registeredAt: testNow,
    lastUsedAt: null,
    ...told,
  }
}

export function passkeyOf(accountId: number, told: Partial<StoredPasskey> = {}): StoredPasskey {
  const n = ++made
  return {
    id: `passkey-${n}`,
    accountId,
    credentialId: `credential-${n}`,
    publicKey: 'pQECAyYgASFYIA',
    counter: 0,
    transports: ['internal', 'hybrid'],
    name: 'phone',
    createdAt: testNow,
    lastUsedAt: null,
    ...told,
  }
}

export function stepOf(accountId: number | null, told: Partial<StoredStep> = {}): StoredStep {
  return {
    tokenHash: hashOf(`step ${++made}`),
    kind: 'challenge',
    accountId,
    applicationId: null,
    codeMac: null,
    facts: { surface: 'api' },
    createdAt: testNow,
    expiresAt: testNow + 5 * minuteMs,
    failures: 0,
    usedAt: null,
    ...told,
  }
}

export function codeOf(told: Partial<StoredCode> = {}): StoredCode {
  return {
    subject: 'account:1',
    purpose: 'sign_in',
    codeMac: hashOf('code'),
    issuedAt: testNow,
    expiresAt: testNow + 5 * minuteMs,
    tries: 0,
    usedAt: null,
    ...told,
  }
}

export function eventOf(
  accountId: number | null,
  told: Partial<Omit<StoredAuditEvent, 'id'>> = {},
): Omit<StoredAuditEvent, 'id'> {
  return {
    at: testNow,
    accountId,
    action: 'sign_in',
    outcome: 'done',
    surface: 'api',
    address: '203.0.113.7',
    userAgent: 'Firefox',
    requestId: 'request-1',
    facts: { factor: 'password', tries: 2, isNewDevice: true },
    ...told,
  }
}
