import type { EpochMs } from '@banyan/domain'
import type { OtpChannel } from './account.ts'
import type { Plan, Role, Scope, Surface } from './callers.ts'

/** Hashes are SHA-256 in lower-case hex; macs are keyed with a secret outside the database. Neither shows what it was made of. */
type Hash = string

export interface StoredAccount {
  readonly id: number
  /** Trimmed and lower-cased; unique. */
  readonly email: string
  readonly name: string | null
  readonly mobile: string | null
  /** Upper case; unique. */
  readonly clientCode: string
  readonly role: Role
  readonly plan: Plan
  /** PHC string, or null for an account without a password. */
  readonly passwordHash: string | null
  readonly passwordChangedAt: EpochMs | null
  readonly mpinHash: string | null
  readonly otpChannel: OtpChannel
  readonly otpBesideTotp: boolean
  /** Locked from the command line; null while it may sign in. */
  readonly disabledAt: EpochMs | null
  readonly createdAt: EpochMs
  readonly lastSignInAt: EpochMs | null
}

export type NewAccount = Omit<StoredAccount, 'id'>
export type AccountChanges = Partial<Omit<StoredAccount, 'id' | 'clientCode' | 'createdAt'>>

export interface FactorSummary {
  readonly hasTotp: boolean
  readonly recoveryCodesLeft: number
  readonly hasDevice: boolean
  readonly hasPasskey: boolean
}

export interface StoredSession {
  readonly id: string
  readonly accountId: number
  readonly surface: Surface
  readonly applicationId: string | null
  /** Of the opaque session token; null where signed tokens carry the session's id. */
  readonly tokenHash: Hash | null
  readonly createdAt: EpochMs
  readonly lastSeenAt: EpochMs
  readonly expiresAt: EpochMs
  readonly endedAt: EpochMs | null
  readonly address: string
  readonly userAgent: string | null
  readonly deviceFacts: Readonly<Record<string, string>> | null
  /** Id of the one live refresh token, hashed; null where nothing is refreshed. */
  readonly refreshHash: Hash | null
  readonly refreshIssuedAt: EpochMs | null
  /** The one it replaced, and when. */
  readonly previousRefreshHash: Hash | null
}

/** What each request looks up: the session with what may have changed about its account and application. */
export interface SessionStanding {
  readonly id: string
  readonly accountId: number
  readonly surface: Surface
  readonly applicationId: string | null
  readonly expiresAt: EpochMs
  readonly endedAt: EpochMs | null
  readonly lastSeenAt: EpochMs
  readonly role: Role
  readonly clientCode: string
  readonly accountDisabledAt: EpochMs | null
}

export interface StoredKey {
  readonly id: string
  readonly accountId: number
  readonly name: string
  readonly keyHash: Hash
  readonly prefix: string
  readonly scopes: readonly Scope[]
  readonly createdAt: EpochMs
  readonly expiresAt: EpochMs | null
  readonly lastUsedAt: EpochMs | null
}

export interface StoredApplication {
  readonly id: string
  readonly accountId: number
  readonly name: string
  readonly consumerKey: string
  readonly secretHash: Hash
  readonly isEnabled: boolean
  readonly createdAt: EpochMs
  readonly lastUsedAt: EpochMs | null
}

export interface StoredBearer {
  readonly tokenHash: Hash
  readonly applicationId: string
  /** `minted` by the application's secret, `shown` in the dashboard. */
  readonly kind: 'minted' | 'shown'
  readonly createdAt: EpochMs
  readonly expiresAt: EpochMs
}

interface StoredTotp {
  /** Sealed base32 secret; null while only a pending one exists. */
  readonly secret: string | null
  readonly lastStep: number
  readonly pendingSecret: string | null
  readonly pendingUntil: EpochMs | null
}

export interface StoredDevice {
  readonly id: string
  readonly accountId: number
  readonly udidMac: Hash
  readonly label: string | null
  readonly trustedAt: EpochMs | null
  readonly registeredAt: EpochMs
  readonly lastUsedAt: EpochMs | null
}

export interface StoredPasskey {
  readonly id: string
  readonly accountId: number
  /** base64url, unique. */
  readonly credentialId: string
  /** base64url of the COSE key. */
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
  readonly name: string
  readonly createdAt: EpochMs
  readonly lastUsedAt: EpochMs | null
}

export interface StoredSsoLink {
  readonly id: string
  readonly accountId: number
  readonly issuer: string
  readonly subject: string
  readonly linkedAt: EpochMs
}

interface StoredDeviceToken {
  readonly tokenHash: Hash
  readonly accountId: number
  readonly createdAt: EpochMs
  readonly expiresAt: EpochMs
}

/** Things that happen in two steps: the first hands out a token, the second spends it, once. */
export type StepKind =
  | 'challenge'
  | 'one_time'
  | 'register'
  | 'code_token'
  | 'reset'
  | 'passkey_add'
  | 'passkey_use'
  | 'bootstrap'
  | 'invitation'
  | 'assertion'

export interface StoredStep {
  /** Of the token or of its id. */
  readonly tokenHash: Hash
  readonly kind: StepKind
  readonly accountId: number | null
  readonly applicationId: string | null
  /** Mac of a code that goes with the step; null when there is none. */
  readonly codeMac: Hash | null
  /** What the second step must know, no secret among it. */
  readonly facts: Readonly<Record<string, string>>
  readonly createdAt: EpochMs
  readonly expiresAt: EpochMs
  /** Wrong second factors so far. */
  readonly failures: number
  readonly usedAt: EpochMs | null
}

/** A code sent by mail or text; one per subject and purpose, a newer one takes its place. */
export interface StoredCode {
  /** `account:<id>`, or the mac of a name nobody has. */
  readonly subject: string
  readonly purpose: string
  /** Null for a name nobody has: no value matches. */
  readonly codeMac: Hash | null
  readonly issuedAt: EpochMs
  readonly expiresAt: EpochMs
  /** Tries so far, counted before the comparison. */
  readonly tries: number
  readonly usedAt: EpochMs | null
}

export interface StoredAuditEvent {
  readonly id: number
  readonly at: EpochMs
  /** Null for a name nobody has. */
  readonly accountId: number | null
  readonly action: string
  readonly outcome: 'done' | 'refused'
  readonly surface: Surface
  readonly address: string | null
  readonly userAgent: string | null
  readonly requestId: string | null
  readonly facts: Readonly<Record<string, string | number | boolean>>
}

/** A counter of guesses. It counts up to `limit` in a window that begins with its first guess; then it refuses. */
export interface GuessLimit {
  readonly bucket: string
  readonly limit: number
  /** Null: until cleared. */
  readonly windowMs: number | null
  /** How long it refuses once the limit is reached, from that moment; null: to the end of the window, or without one until cleared. */
  readonly lockMs: number | null
}

/** Reads. On SQLite they go past the writer; inside a transaction they see what it wrote. */
export interface IdentityReads {
  findAccount(by: { id: number } | { email: string } | { clientCode: string }): Promise<StoredAccount | null>
  listAccounts(): Promise<readonly StoredAccount[]>
  countOwners(): Promise<number>
  summariseFactors(accountId: number): Promise<FactorSummary>

  /** The hot path: one row by its key. */
  findStanding(sessionId: string): Promise<SessionStanding | null>
  findStandingByToken(tokenHash: Hash): Promise<SessionStanding | null>
  findSession(id: string): Promise<StoredSession | null>
  /** Neither ended nor over, latest activity first. */
  listLiveSessions(accountId: number, now: EpochMs): Promise<readonly StoredSession[]>

  /** The key with its account's role and lock. Also a hot path. */
  findKey(
    keyHash: Hash,
  ): Promise<(StoredKey & { readonly role: Role; readonly accountDisabledAt: EpochMs | null }) | null>
  /** Newest first, over ones left out. */
  listKeys(accountId: number, now: EpochMs): Promise<readonly StoredKey[]>

  findApplication(by: { id: string } | { consumerKey: string }): Promise<StoredApplication | null>
  /** Newest first. */
  listApplications(accountId: number): Promise<readonly StoredApplication[]>
  findBearer(tokenHash: Hash): Promise<StoredBearer | null>
  countLiveBearers(applicationId: string, now: EpochMs): Promise<number>
  hasNoAccessCode(applicationId: string, accountId: number): Promise<boolean>

  findTotp(accountId: number): Promise<StoredTotp | null>
  listDevices(accountId: number): Promise<readonly StoredDevice[]>
  findDevice(accountId: number, udidMac: Hash): Promise<StoredDevice | null>
  findDeviceToken(tokenHash: Hash): Promise<StoredDeviceToken | null>
  listPasskeys(accountId: number): Promise<readonly StoredPasskey[]>
  findPasskey(credentialId: string): Promise<StoredPasskey | null>
  listSsoLinks(accountId: number): Promise<readonly StoredSsoLink[]>
  findSsoLink(issuer: string, subject: string): Promise<StoredSsoLink | null>

  findStep(tokenHash: Hash): Promise<StoredStep | null>
  findCode(subject: string, purpose: string): Promise<StoredCode | null>
  /** Newest first, ids below `before` when given. */
  listAudit(accountId: number, before: number | null, limit: number): Promise<readonly StoredAuditEvent[]>
}

/** Everything one transaction does. It contains SQL only: awaiting anything else inside would hold the one writer. */
export interface IdentityTransaction extends IdentityReads {
  /** Returns the account and keeps every other transaction that asks the same from it until this one ends. */
  lockAccount(id: number): Promise<StoredAccount | null>
  /** Returns its id, or which of the unique values is taken. */
  insertAccount(account: NewAccount): Promise<{ readonly id: number } | { readonly taken: 'email' | 'clientCode' }>
  /** Returns false when the new e-mail is taken; then nothing changed. */
  updateAccount(id: number, changes: AccountChanges): Promise<boolean>
  /** Removes the account and everything that belongs to it; its audit events lose address, agent and account. */
  deleteAccount(id: number): Promise<void>

  /**
   * Counts one guess in every bucket, or in none: then it returns when the longest refusal ends (null: not by itself).
   * Counting and refusing are one statement per bucket, so that parallel guesses cannot pass a limit together.
   */
  takeGuess(limits: readonly GuessLimit[], now: EpochMs): Promise<{ readonly refusedUntil: EpochMs | null } | 'taken'>
  /** Takes one guess back, and the lock it may have caused. */
  refundGuess(limits: readonly GuessLimit[]): Promise<void>
  /** Returns how many guesses a bucket has counted in its window, 0 when it is over. */
  countGuesses(limit: GuessLimit, now: EpochMs): Promise<number>
  clearGuesses(buckets: readonly string[]): Promise<void>
  /** Removes the buckets whose name begins so. */
  clearGuessesBelow(prefix: string): Promise<void>

  insertSession(session: StoredSession): Promise<void>
  /** Moves on from the live refresh token `from` to `to`; false when `from` is not the live one any more. */
  rotateRefresh(sessionId: string, from: Hash, to: Hash, now: EpochMs): Promise<boolean>
  /** Ends live sessions and returns their ids: all of the account, those on the surfaces, or one; `except` stays. */
  endSessions(
    which: {
      readonly accountId: number
      readonly id?: string
      readonly surfaces?: readonly Surface[]
      readonly except?: string
    },
    reason: string,
    now: EpochMs,
  ): Promise<readonly string[]>
  /** Ends the oldest of the account's live sessions on the surfaces until `keep` are left, and returns their ids. */
  endOldestSessions(
    accountId: number,
    surfaces: readonly Surface[],
    keep: number,
    now: EpochMs,
  ): Promise<readonly string[]>
  touchSession(id: string, now: EpochMs): Promise<void>

  insertKey(key: StoredKey): Promise<void>
  touchKey(id: string, now: EpochMs): Promise<void>
  /** False when the account has no such key. */
  deleteKey(accountId: number, id: string): Promise<boolean>

  insertApplication(application: StoredApplication): Promise<void>
  updateApplication(id: string, changes: { readonly isEnabled?: boolean; readonly lastUsedAt?: EpochMs }): Promise<void>
  /** With its bearers; its sessions end. Returns the ids of the sessions, or null when the account has no such application. */
  deleteApplication(accountId: number, id: string, now: EpochMs): Promise<readonly string[] | null>
  setNoAccessCode(applicationId: string, accountId: number, isOn: boolean): Promise<void>
  insertBearer(bearer: StoredBearer): Promise<void>
  /** Removes the oldest live minted bearers until `keep` are left. */
  trimMintedBearers(applicationId: string, keep: number, now: EpochMs): Promise<void>
  deleteBearer(applicationId: string, tokenHash: Hash): Promise<void>

  setPendingTotp(accountId: number, sealedSecret: string, until: EpochMs): Promise<void>
  /** The pending secret becomes the active one, its step used. False when nothing is pending at `now`. */
  activateTotp(accountId: number, step: number, now: EpochMs): Promise<boolean>
  /** Spends a time step: true once per account and step, and never for an earlier one. */
  acceptTotpStep(accountId: number, step: number): Promise<boolean>
  deleteTotp(accountId: number): Promise<void>
  replaceRecoveryCodes(accountId: number, macs: readonly Hash[]): Promise<void>
  /** Spends a recovery code: true once. */
  useRecoveryCode(accountId: number, mac: Hash, now: EpochMs): Promise<boolean>

  /** Registers or finds a device; trust is only ever added here. Of more than `keep` the one used longest ago goes. */
  putDevice(device: StoredDevice, keep: number): Promise<void>
  touchDevice(id: string, changes: { readonly lastUsedAt?: EpochMs; readonly trustedAt?: EpochMs }): Promise<void>
  deleteDevice(accountId: number, id: string): Promise<boolean>
  deleteDevices(accountId: number): Promise<void>
  /** Of more than `keep` the oldest goes. */
  insertDeviceToken(token: StoredDeviceToken, keep: number): Promise<void>
  deleteDeviceTokens(accountId: number): Promise<void>

  /** False when the credential is registered already. */
  insertPasskey(passkey: StoredPasskey): Promise<boolean>
  usePasskey(id: string, counter: number, now: EpochMs): Promise<void>
  deletePasskey(accountId: number, id: string): Promise<boolean>
  deletePasskeys(accountId: number): Promise<void>
  /** False when the issuer's subject is linked already. */
  insertSsoLink(link: StoredSsoLink): Promise<boolean>
  deleteSsoLink(accountId: number, id: string): Promise<boolean>
  deleteSsoLinks(accountId: number): Promise<void>

  /** False when there is a step with this hash already. */
  insertStep(step: StoredStep): Promise<boolean>
  /** Spends a live step and returns it; null when it is unknown, over, used or of another kind. */
  useStep(tokenHash: Hash, kind: StepKind, now: EpochMs): Promise<StoredStep | null>
  /** Counts a wrong second factor of a live step; returns the new count, null when it is not live or had `limit` already. The last one kills it. */
  failStep(tokenHash: Hash, limit: number, now: EpochMs): Promise<number | null>
  /** Kills live steps of an account (or, without one, of the kind), of one application when given. */
  endSteps(
    which: { readonly kind: StepKind; readonly accountId?: number; readonly applicationId?: string },
    now: EpochMs,
  ): Promise<void>

  putCode(code: StoredCode): Promise<void>
  /** Counts a try of a live code and returns it; null when none is live or it had `limit` tries. */
  tryCode(subject: string, purpose: string, limit: number, now: EpochMs): Promise<StoredCode | null>
  /** Spends a code: true once. */
  useCode(subject: string, purpose: string, codeMac: Hash, now: EpochMs): Promise<boolean>
  endCodes(subject: string): Promise<void>

  insertAudit(event: Omit<StoredAuditEvent, 'id'>): Promise<void>
}

export interface IdentityStore {
  readonly reads: IdentityReads
  /** Runs `work` in one transaction, all or nothing. It may run again after a conflict on PostgreSQL, so it must have no other effect. */
  atomically<T>(work: (tx: IdentityTransaction) => Promise<T>): Promise<T>
  /** Removes what is over and kept for nothing: steps, codes, counters, tokens at once, ended sessions after 30 days, audit events older than `auditMs`. */
  purge(now: EpochMs, auditMs: number): Promise<void>
  /** Returns the stored value, storing `fresh` when there was none: which key folder this database belongs to. */
  claimSetting(name: string, fresh: string): Promise<string>
}
