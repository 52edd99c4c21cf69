import type { Clock, EpochMs } from '@banyan/domain'
import type { OtpChannel } from './account.ts'
import type { Plan, TokenKind } from './callers.ts'
import type { CodePurpose } from './codes-face.ts'
import type { IdentityStore } from './identity-store.ts'

/** Slow hashes for what people remember. More work than it takes on is `unavailable`, and then nothing was compared. */
interface SlowHasher {
  /** Returns a PHC string. `secret` is mixed in and is needed again to verify. */
  hash(text: string, options?: { readonly secret?: Buffer }): Promise<string>
  verify(phc: string, text: string, options?: { readonly secret?: Buffer }): Promise<boolean>
  /** True when the string was made with weaker parameters than today's. */
  needsRehash(phc: string): boolean
  /** A PHC string no text matches: comparing with it costs what comparing with a real one does. */
  readonly dummy: string
}

/** Works with secrets that are kept outside the database. `purpose` keeps results of different uses apart. */
interface Keyring {
  mac(purpose: string, ...parts: readonly string[]): Buffer
  /** Encrypts; only the same `bound` text opens it again. */
  seal(purpose: string, plaintext: string, bound: string): string
  open(purpose: string, sealed: string, bound: string): string
  pinPepper(): Buffer
}

export interface SignedClaims {
  readonly kind: TokenKind
  /** Account id for tokens of /api, client code for the others. */
  readonly subject: string
  readonly tokenId: string
  readonly sessionId: string | null
  readonly applicationId: string | null
  readonly issuedAt: EpochMs
  readonly expiresAt: EpochMs
}

/** Signed tokens. The same claims give the same text while the signing key is the same. */
export interface TokenCodec {
  sign(claims: SignedClaims): Promise<string>
  /** Throws `invalid_token` or `token_expired`. */
  verify(text: string): Promise<SignedClaims>
}

export interface TotpCodec {
  createSecret(): string
  uri(secret: string, account: string, issuer: string): string
  /** Returns the time step of a right code, one step of drift either way; null for a wrong one. `code` is six digits. */
  findStep(secret: string, code: string, now: EpochMs): number | null
}

interface NewCredential {
  readonly credentialId: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
}

/** WebAuthn. Responses are whatever a browser sent; anything but a valid one is `invalid_passkey`. */
export interface PasskeyCodec {
  creationOptions(account: {
    readonly id: number
    readonly email: string
    readonly name: string | null
    readonly existing: readonly string[]
  }): Promise<{ readonly options: object; readonly challenge: string }>
  verifyCreation(response: unknown, challenge: string): Promise<NewCredential>
  /** With an empty list any passkey of this server may answer. */
  requestOptions(allowed: readonly string[]): Promise<{ readonly options: object; readonly challenge: string }>
  credentialIdOf(response: unknown): string
  verifyAssertion(
    response: unknown,
    challenge: string,
    passkey: { readonly credentialId: string; readonly publicKey: string; readonly counter: number },
  ): Promise<{ readonly counter: number }>
}

/** What a trusted issuer says in a valid assertion. */
interface VerifiedAssertion {
  readonly issuer: string
  readonly subject: string
  /** The claim that names the account here. */
  readonly userName: string
  readonly assertionId: string | null
  readonly expiresAt: EpochMs
}

export interface AssertionVerifier {
  /** Throws `invalid_sso_token`, or `unavailable` when the issuer's keys cannot be fetched. */
  verify(assertion: string): Promise<VerifiedAssertion>
}

export interface EventPlace {
  readonly at: EpochMs
  readonly address: string
  readonly userAgent: string | null
}

export type ChangedFactor =
  | 'totp'
  | 'recovery-codes'
  | 'mpin'
  | 'device'
  | 'passkey'
  | 'sso-link'
  | 'otp-codes'
  | 'email'
  | 'mobile'

/** What an owner of an account is told. */
export type Notice =
  | {
      readonly kind: 'code'
      readonly purpose: CodePurpose | 'access_code' | 'email_change'
      readonly code: string
      readonly expiresAt: EpochMs
    }
  | { readonly kind: 'reset_link'; readonly url: string; readonly expiresAt: EpochMs }
  | { readonly kind: 'new_device'; readonly place: EventPlace }
  | { readonly kind: 'password_changed'; readonly place: EventPlace }
  | {
      readonly kind: 'factor_changed'
      readonly factor: ChangedFactor
      readonly change: 'added' | 'removed' | 'changed'
      readonly place: EventPlace
    }
  | { readonly kind: 'refresh_reused'; readonly place: EventPlace }
  | { readonly kind: 'second_factor_failures'; readonly count: number; readonly place: EventPlace }
  | { readonly kind: 'sign_in_off'; readonly what: 'password' | 'second-factor'; readonly place: EventPlace }

export interface Recipient {
  readonly email: string
  readonly mobile: string | null
  readonly name: string | null
  readonly channel: OtpChannel
}

export interface Notices {
  readonly hasMail: boolean
  readonly hasSms: boolean
  /** Codes go by the recipient's channel, everything else by mail. Rejects with `unavailable` when it was not taken. */
  send(to: Recipient, notice: Notice): Promise<void>
}

/** Work nobody waits for: a failure is logged, a stopping server waits for what runs. */
export interface Background {
  run(name: string, work: () => Promise<void>): void
}

export interface IdentitySettings {
  readonly registration: 'open' | 'invite' | 'closed'
  readonly defaultPlan: Plan
  /** Origin that links in mails name. */
  readonly linkOrigin: string
  /** How long a spent refresh token still gives its successor, 0–60,000. */
  readonly refreshGraceMs: number
}

export interface IdentityPorts {
  readonly store: IdentityStore
  readonly clock: Clock
  readonly hasher: SlowHasher
  readonly keyring: Keyring
  readonly tokens: TokenCodec
  readonly totp: TotpCodec
  readonly passkeys: PasskeyCodec
  readonly assertions: AssertionVerifier
  readonly notices: Notices
  readonly background: Background
  /** `folded` is NFKC and lower case. */
  readonly isCommonPassword: (folded: string) => boolean
  /** Asks an online list by a few characters of a hash; null where that is off. Never rejects. */
  readonly isBreachedPassword: ((password: string) => Promise<boolean>) | null
  /** What limits count an address by: itself, for IPv6 its /64. */
  readonly limitKey: (address: string) => string
  readonly settings: IdentitySettings
}
