import type { EpochMs } from '@banyan/domain'

/** owner: runs the installation · member: an account of their own · read-only: sees everything of their own, changes nothing but their sign-in. */
export const roles = ['owner', 'member', 'read-only'] as const
export type Role = (typeof roles)[number]

export type Plan = 'hobby' | 'plus' | 'unlimited'

/** Where a call came in. Sessions, audit records and locks are kept apart or shared by it; no wire shape follows from it. */
export type Surface = 'api' | 'kotak' | 'synapsewave' | 'command'

/** Who is asking, as far as the network says. Never a proof of anything. */
export interface RequestOrigin {
  readonly surface: Surface
  /** The client's address, forwarded ones believed only of listed proxies. */
  readonly address: string
  readonly userAgent: string | null
  readonly requestId: string
  /** Device token of a browser that signed in before; null when none came along. */
  readonly deviceToken: string | null
}

/** An account as its owner may see it. */
export interface AccountView {
  readonly id: number
  readonly email: string
  readonly name: string | null
  /** E.164, or null. */
  readonly mobile: string | null
  /** 3–12 of A–Z 0–9, upper case. */
  readonly clientCode: string
  readonly role: Role
  readonly plan: Plan
  readonly createdAt: EpochMs
  readonly hasTotp: boolean
  readonly recoveryCodesLeft: number
  readonly hasMpin: boolean
  /** True when any device identifier is registered, trusted or not. */
  readonly hasDevice: boolean
  readonly hasPasskey: boolean
  readonly otpChannel: OtpChannel
  /** True when mailed codes count as a second factor although TOTP is on. */
  readonly otpBesideTotp: boolean
}

export type OtpChannel = 'email' | 'sms'

/** Kinds of signed tokens; none is accepted where another is asked for. */
export const tokenKinds = [
  'session',
  'access',
  'refresh',
  'challenge',
  'interactive',
  'feed',
  'register',
  'code',
] as const
export type TokenKind = (typeof tokenKinds)[number]

export type Scope = 'market:read' | 'portfolio:read' | 'journal:read'
export const scopes = ['market:read', 'portfolio:read', 'journal:read'] as const satisfies readonly Scope[]

/** Somebody whose session was looked up for this very request. */
export interface SessionCaller {
  readonly kind: 'session'
  readonly accountId: number
  readonly sessionId: string
  readonly role: Role
  readonly tokenKind: TokenKind | 'opaque'
  /** Application the session was opened through; null under /api. */
  readonly applicationId: string | null
  readonly clientCode: string
}

export interface KeyCaller {
  readonly kind: 'key'
  readonly accountId: number
  readonly keyId: string
  readonly role: Role
  readonly scopes: readonly Scope[]
}

export interface ApplicationCaller {
  readonly kind: 'application'
  readonly applicationId: string
  readonly consumerKey: string
}

/** The three tokens of a standing session and when each ends. */
export interface StandingTokens {
  /** 7 days. */
  readonly session: string
  /** 1 hour. */
  readonly access: string
  /** 30 days from sign-in at most, single use. */
  readonly refresh: string
}

/** A session of 30 days that is refreshed. */
export interface SignedIn {
  readonly account: AccountView
  readonly sessionId: string
  readonly tokens: StandingTokens
  /** A new device token to be kept by the browser for 90 days; null when the one it sent is still good. */
  readonly deviceToken: string | null
}

/** A session until the next 06:00 IST that comes after a midnight. */
export interface DailySession {
  readonly account: AccountView
  readonly sessionId: string
  readonly signedInAt: EpochMs
  /** The sign-in before this one; this one when there was none. */
  readonly lastSignInAt: EpochMs
  readonly expiresAt: EpochMs
  /** `opaque` for the access-code flow; `signed` pairs a token for calls with one for the feed. */
  readonly tokens:
    | { readonly kind: 'opaque'; readonly session: string }
    | { readonly kind: 'signed'; readonly interactive: string; readonly feed: string }
}

export type ChallengeFactor = 'totp' | 'recovery_code' | 'passkey'

/** The first factor was right and another is needed. Nothing is open yet. */
export interface SecondFactorNeeded {
  readonly challenge: string
  readonly expiresInS: number
  readonly factors: readonly ChallengeFactor[]
}

export interface SessionView {
  readonly id: string
  readonly current: boolean
  readonly surface: Surface
  readonly createdAt: EpochMs
  /** Exact to 60 s. */
  readonly lastSeenAt: EpochMs
  readonly expiresAt: EpochMs
  readonly address: string
  readonly userAgent: string | null
  readonly applicationId: string | null
  /** What the client said of its device; never trusted. */
  readonly deviceFacts: Readonly<Record<string, string>> | null
}

/** Sign-in of the access-code flow after the password was right. */
export interface AccessCodeSent {
  readonly oneTimeToken: string
  readonly issuedAt: EpochMs
  readonly account: AccountView
}

export type CombinedFirst =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'mpin'; readonly mpin: string }
  | { readonly kind: 'device'; readonly udid: string }
  | { readonly kind: 'registered'; readonly registerToken: string }
  | { readonly kind: 'sso'; readonly assertion: string }

export type CombinedSecond =
  | { readonly kind: 'otp'; readonly code: string }
  | { readonly kind: 'totp'; readonly code: string }
  | { readonly kind: 'device'; readonly udid: string }
  /** Asks for a register token instead of a session. */
  | { readonly kind: 'register' }

export interface CombinedSignIn {
  readonly application: ApplicationCaller
  readonly clientCode: string
  readonly first: CombinedFirst
  readonly second: CombinedSecond | null
  /** The device that asks; it becomes trusted by a full sign-in with a code. */
  readonly udid: string | null
  readonly deviceFacts: Readonly<Record<string, string>> | null
}

/** The password was right; a later call brings the second factor with this token. */
export interface Registered {
  readonly registerToken: string
  readonly account: AccountView
  readonly factors: readonly ('otp' | 'totp' | 'device')[]
  readonly otpSent: boolean
  readonly otpChannel: OtpChannel
}

/** What a mailed or texted code is good for. */
export type CodePurpose = 'sign_in' | 'password_totp' | 'mpin'

/** A code, or the token that an earlier check of the code gave. */
export interface CodeProof {
  readonly clientCode: string
  readonly proof: string
}

export interface SignInFace {
  /** E-mail and password. Throws `invalid_credentials`, `too_many_attempts`, `account_disabled`, `unavailable`. */
  withPassword(
    given: { readonly email: string; readonly password: string },
    origin: RequestOrigin,
  ): Promise<{ readonly signedIn: SignedIn } | { readonly needed: SecondFactorNeeded }>
  /** TOTP or recovery code for a challenge. Throws `invalid_second_factor`, `challenge_expired`, `wrong_token_kind`, `invalid_token`, `too_many_attempts`. */
  withCode(given: { readonly challenge: string; readonly code: string }, origin: RequestOrigin): Promise<SignedIn>
  /** WebAuthn request options; with a challenge for its account, else for whoever holds a passkey of this server. */
  passkeyOptions(
    challenge: string | null,
    origin: RequestOrigin,
  ): Promise<{ readonly options: object; readonly ticket: string }>
  withPasskey(
    given: { readonly ticket: string; readonly challenge: string | null; readonly response: unknown },
    origin: RequestOrigin,
  ): Promise<SignedIn>
  /** Rotates. Throws `refresh_reused`, `token_expired`, `session_revoked`, `wrong_token_kind`, `invalid_token`. */
  refresh(refreshToken: string, origin: RequestOrigin): Promise<StandingTokens>

  /** First step of the access-code flow: sends a code of 4 digits. Throws `invalid_credentials`, `too_many_attempts`, `unavailable` (code not delivered, nothing created). */
  requestAccessCode(
    given: { readonly application: ApplicationCaller; readonly clientCode: string; readonly password: string },
    origin: RequestOrigin,
  ): Promise<AccessCodeSent>
  /**
   * Second step; a null code asks for sign-in without one. Throws `challenge_expired` (token unknown, used, dead, of another account or
   * application), `invalid_second_factor`, `access_code_required`, `too_many_attempts`, `account_disabled`.
   */
  withAccessCode(
    given: {
      readonly application: ApplicationCaller
      readonly clientCode: string
      readonly oneTimeToken: string
      readonly accessCode: string | null
      /** What the client says of itself; kept with the session, never trusted. */
      readonly deviceFacts: Readonly<Record<string, string>> | null
    },
    origin: RequestOrigin,
  ): Promise<DailySession>

  /**
   * Both factors in one call (synapsewave.md §5.3 lists the pairs). Throws `combination_not_supported`, `invalid_credentials`,
   * `challenge_expired` (register token), `device_not_registered`, `mpin_not_registered`, `invalid_sso_token`, `factor_not_enrolled`,
   * `invalid_second_factor` (TOTP), `invalid_code`, `code_expired` (OTP), `account_disabled`, `too_many_attempts`, `unavailable`.
   */
  combined(
    given: CombinedSignIn,
    origin: RequestOrigin,
  ): Promise<{ readonly session: DailySession } | { readonly registered: Registered }>
}

export interface CredentialsFace {
  /**
   * Returns who a signed token belongs to: signature and kind, then the session row itself. Throws `invalid_token`, `token_expired`,
   * `wrong_token_kind`, `session_revoked`; `unavailable` when the store cannot be asked.
   */
  checkToken(text: string, accepted: readonly TokenKind[]): Promise<SessionCaller>
  /** Throws `invalid_api_key`, `api_key_expired`. */
  checkKey(text: string): Promise<KeyCaller>
  /** Returns the enabled application of a key. Throws `invalid_application`. */
  findApplication(consumerKey: string): Promise<ApplicationCaller>
  /** Key and secret. Throws `invalid_application`. */
  checkApplicationSecret(consumerKey: string, consumerSecret: string): Promise<ApplicationCaller>
  /** A bearer and the key it was made for. Throws `invalid_application`. */
  checkBearer(bearer: string, consumerKey: string): Promise<ApplicationCaller>
  /** The opaque token of an access-code session. Throws `session_revoked`. */
  checkSessionToken(sessionToken: string, application: ApplicationCaller): Promise<SessionCaller>
}

export interface SessionsFace {
  list(caller: SessionCaller): Promise<readonly SessionView[]>
  get(caller: SessionCaller, id: string): Promise<SessionView>
  /** Ends one session. Throws `not_found` for one that is unknown, over or another account's. */
  revoke(caller: SessionCaller, id: string, origin: RequestOrigin): Promise<void>
  /** Ends all sessions but the caller's and returns how many. */
  revokeOthers(caller: SessionCaller, origin: RequestOrigin): Promise<number>
  /** Ends the caller's own session. Returns false when it was over already. */
  end(caller: SessionCaller, origin: RequestOrigin): Promise<boolean>
}

export interface RegisterRequest {
  readonly email: string
  readonly password: string
  readonly name: string | null
  readonly invitation: string | null
}

export interface ProfileChanges {
  readonly name?: string | null
  readonly mobile?: string | null
  readonly otpChannel?: OtpChannel
  readonly otpBesideTotp?: boolean
}

export interface AccountsFace {
  /** Throws `registration_closed`, `invalid_invitation`, `email_taken`, `unacceptable_secret`. */
  register(given: RegisterRequest, origin: RequestOrigin): Promise<SignedIn>
  /** Makes the owner with the token printed at start. Throws `invalid_bootstrap_token`, `email_taken`, `unacceptable_secret`. */
  bootstrap(
    given: { readonly token: string; readonly email: string; readonly password: string; readonly name: string | null },
    origin: RequestOrigin,
  ): Promise<SignedIn>
  view(accountId: number): Promise<AccountView>
  /**
   * Changes what is given; null clears. Where codes go, and whether they count, is part of a factor: that needs the password. Throws
   * `wrong_password` (also when none is given where one is needed), `too_many_attempts`, `invalid_parameter`.
   */
  update(
    caller: SessionCaller,
    given: { readonly changes: ProfileChanges; readonly password: string | null },
    origin: RequestOrigin,
  ): Promise<AccountView>
  /** Mails a code to the new address; the change needs it. Throws `wrong_password`, `mail_not_configured`, `too_many_attempts`. A taken address gets no code and no other answer. */
  requestEmailChange(
    caller: SessionCaller,
    given: { readonly email: string; readonly password: string },
    origin: RequestOrigin,
  ): Promise<{ readonly expiresInS: number }>
  /** The address again, with the code that was mailed to it. Throws `invalid_code`, `code_expired`, `email_taken`, `wrong_password`. */
  confirmEmailChange(
    caller: SessionCaller,
    given: { readonly email: string; readonly password: string; readonly code: string },
    origin: RequestOrigin,
  ): Promise<AccountView>
  /** Returns everything kept about the account, secrets left out. */
  export(caller: SessionCaller, origin: RequestOrigin): Promise<Readonly<Record<string, unknown>>>
  /** Throws `wrong_password`, `invalid_second_factor`, `last_owner`. */
  remove(
    caller: SessionCaller,
    given: { readonly password: string; readonly code: string | null },
    origin: RequestOrigin,
  ): Promise<void>
  createInvitation(
    caller: SessionCaller,
    given: { readonly role: Role; readonly email: string | null },
    origin: RequestOrigin,
  ): Promise<{ readonly id: string; readonly token: string; readonly expiresAt: EpochMs }>
}

export interface PasswordsFace {
  /** Returns how many other sessions ended. Throws `wrong_password`, `unacceptable_secret`, `too_many_attempts`. */
  change(
    caller: SessionCaller,
    given: { readonly current: string; readonly next: string },
    origin: RequestOrigin,
  ): Promise<{ readonly revokedSessions: number }>
  /** Same for every address, sent after the reply. Throws `mail_not_configured`. */
  forgot(email: string, origin: RequestOrigin): Promise<void>
  /** Throws `invalid_reset_token`, `unacceptable_secret` (the token stays good). */
  reset(given: { readonly token: string; readonly next: string }, origin: RequestOrigin): Promise<void>
  /** By client code and the old password. Throws `invalid_credentials`, `too_many_attempts`, `unacceptable_secret`. */
  changeByName(
    given: { readonly clientCode: string; readonly current: string; readonly next: string },
    origin: RequestOrigin,
  ): Promise<void>
  /** By a code or its token. Throws `invalid_code`, `code_expired`, `invalid_code_token`, `unacceptable_secret`. Clears locks. */
  resetByCode(
    given: CodeProof & { readonly next: string; readonly application: ApplicationCaller },
    origin: RequestOrigin,
  ): Promise<void>
}

export interface CodesFace {
  /**
   * Sends a code, or seems to. Throws `code_requested_too_soon`, `rate_limited`, `challenge_expired` (register token not live),
   * `unavailable` (only with a live register token).
   */
  send(
    given: {
      readonly application: ApplicationCaller
      readonly clientCode: string
      readonly purpose: CodePurpose
      readonly registerToken: string | null
    },
    origin: RequestOrigin,
  ): Promise<{ readonly resendAfterS: number; readonly expiresInS: number }>
  /** Spends the newest live code that is not for sign-in and returns a token of 600 s. Throws `invalid_code`, `code_expired`, `too_many_attempts`. */
  verify(
    given: { readonly application: ApplicationCaller; readonly clientCode: string; readonly code: string },
    origin: RequestOrigin,
  ): Promise<string>
}

export interface TotpSecret {
  /** 32 base32 characters. */
  readonly secret: string
  readonly uri: string
  readonly expiresInS: number
}

interface DeviceView {
  readonly id: string
  readonly label: string | null
  readonly isTrusted: boolean
  readonly registeredAt: EpochMs
  readonly lastUsedAt: EpochMs | null
}

export interface PasskeyView {
  readonly id: string
  readonly name: string
  readonly createdAt: EpochMs
  readonly lastUsedAt: EpochMs | null
}

export interface SsoLinkView {
  readonly id: string
  readonly issuer: string
  readonly subject: string
  readonly linkedAt: EpochMs
}

export interface FactorsView {
  readonly password: { readonly isSet: boolean; readonly changedAt: EpochMs | null }
  readonly totp: { readonly isEnabled: boolean; readonly recoveryCodesLeft: number }
  readonly mpin: { readonly isSet: boolean }
  readonly otp: { readonly channel: OtpChannel; readonly besideTotp: boolean }
  readonly devices: readonly DeviceView[]
  readonly passkeys: readonly PasskeyView[]
  readonly ssoLinks: readonly SsoLinkView[]
}

/** Every change needs what its arguments say and mails the owner. Wrong passwords are `wrong_password`, wrong codes `invalid_second_factor`. */
export interface FactorsFace {
  list(caller: SessionCaller): Promise<FactorsView>
  /** Throws `second_factor_enabled`. */
  enrolTotp(caller: SessionCaller, password: string, origin: RequestOrigin): Promise<TotpSecret>
  /** Returns the 10 recovery codes. Throws `second_factor_not_enabled` when nothing is pending. */
  confirmTotp(caller: SessionCaller, code: string, origin: RequestOrigin): Promise<readonly string[]>
  disableTotp(
    caller: SessionCaller,
    given: { readonly password: string; readonly code: string },
    origin: RequestOrigin,
  ): Promise<void>
  replaceRecoveryCodes(
    caller: SessionCaller,
    given: { readonly password: string; readonly code: string },
    origin: RequestOrigin,
  ): Promise<readonly string[]>
  /** By a mailed code or its token; the pending secret waits for {@link activateTotp}, an active one stays good until then. */
  enrolTotpByCode(
    given: CodeProof & { readonly application: ApplicationCaller; readonly issuerName: string },
    origin: RequestOrigin,
  ): Promise<TotpSecret>
  /** In a live session: the pending secret replaces the active one. Throws `invalid_second_factor` also when nothing is pending. */
  activateTotp(caller: SessionCaller, code: string, origin: RequestOrigin): Promise<void>

  /** In a live session. A device given along is registered and trusted. Throws `unacceptable_secret`. */
  setMpin(
    caller: SessionCaller,
    given: { readonly mpin: string; readonly udid: string | null },
    origin: RequestOrigin,
  ): Promise<void>
  /** Throws `invalid_credentials`, `too_many_attempts`, `unacceptable_secret`. */
  changeMpin(
    given: { readonly clientCode: string; readonly current: string; readonly next: string },
    origin: RequestOrigin,
  ): Promise<void>
  /** The device is registered and opens nothing until a full sign-in trusts it. */
  setMpinByCode(
    given: CodeProof & { readonly application: ApplicationCaller; readonly mpin: string; readonly udid: string },
    origin: RequestOrigin,
  ): Promise<void>
  registerDeviceByCode(
    given: CodeProof & { readonly application: ApplicationCaller; readonly udid: string },
    origin: RequestOrigin,
  ): Promise<void>
  removeMpin(caller: SessionCaller, password: string, origin: RequestOrigin): Promise<void>
  trustDevice(
    caller: SessionCaller,
    given: { readonly id: string; readonly password: string },
    origin: RequestOrigin,
  ): Promise<void>
  removeDevice(caller: SessionCaller, id: string, origin: RequestOrigin): Promise<void>

  /** WebAuthn creation options; the password is asked again. */
  passkeyOptions(
    caller: SessionCaller,
    password: string,
    origin: RequestOrigin,
  ): Promise<{ readonly options: object; readonly ticket: string }>
  addPasskey(
    caller: SessionCaller,
    given: { readonly ticket: string; readonly name: string; readonly response: unknown },
    origin: RequestOrigin,
  ): Promise<PasskeyView>
  removePasskey(
    caller: SessionCaller,
    given: { readonly id: string; readonly password: string },
    origin: RequestOrigin,
  ): Promise<void>

  /** Links the issuer's subject of a valid assertion. Throws `invalid_sso_token`, `sso_link_taken`. */
  linkSso(
    caller: SessionCaller,
    given: { readonly assertion: string; readonly password: string },
    origin: RequestOrigin,
  ): Promise<SsoLinkView>
  unlinkSso(
    caller: SessionCaller,
    given: { readonly id: string; readonly password: string },
    origin: RequestOrigin,
  ): Promise<void>
}

export interface ApplicationView {
  readonly id: string
  readonly name: string
  readonly consumerKey: string
  readonly isEnabled: boolean
  /** The owner signs in through this application without an access code. */
  readonly noAccessCode: boolean
  readonly createdAt: EpochMs
  readonly lastUsedAt: EpochMs | null
  /** Live tokens made in the dashboard or by the application itself. */
  readonly liveTokens: number
}

/** `bearer` and `consumerSecret` are shown this once. */
export interface NewApplication extends ApplicationView {
  readonly consumerSecret: string
  readonly accessToken: string
  readonly accessTokenExpiresAt: EpochMs
}

export interface ApplicationsFace {
  /** `accessTokenDays` 1–365. Throws `application_limit_reached` above 20. */
  create(
    caller: SessionCaller,
    given: { readonly name: string; readonly accessTokenDays: number },
    origin: RequestOrigin,
  ): Promise<NewApplication>
  list(caller: SessionCaller): Promise<readonly ApplicationView[]>
  /** Throws `not_found` for another account's. */
  update(
    caller: SessionCaller,
    id: string,
    changes: { readonly isEnabled?: boolean; readonly noAccessCode?: boolean },
    origin: RequestOrigin,
  ): Promise<ApplicationView>
  remove(caller: SessionCaller, id: string, origin: RequestOrigin): Promise<void>
  createToken(
    caller: SessionCaller,
    id: string,
    days: number,
    origin: RequestOrigin,
  ): Promise<{ readonly accessToken: string; readonly expiresAt: EpochMs }>
  /** A bearer of 86,400 s for an application that showed its secret; of more than 5 live ones the oldest goes. */
  mint(
    application: ApplicationCaller,
    origin: RequestOrigin,
  ): Promise<{ readonly bearer: string; readonly expiresInS: number }>
  /** Ends a live bearer of this application; does nothing for any other text. */
  revokeBearer(application: ApplicationCaller, bearer: string, origin: RequestOrigin): Promise<void>
}

export interface ApiKeyView {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly scopes: readonly Scope[]
  readonly createdAt: EpochMs
  readonly expiresAt: EpochMs | null
  /** Exact to 60 s. */
  readonly lastUsedAt: EpochMs | null
}

export interface KeysFace {
  /** Returns the key itself, this once. Throws `key_limit_reached` at 20 live ones. */
  create(
    caller: SessionCaller,
    given: { readonly name: string; readonly scopes: readonly Scope[]; readonly expiresAt: EpochMs | null },
    origin: RequestOrigin,
  ): Promise<ApiKeyView & { readonly key: string }>
  /** Live ones, newest first. */
  list(caller: SessionCaller): Promise<readonly ApiKeyView[]>
  remove(caller: SessionCaller, id: string, origin: RequestOrigin): Promise<void>
}

export interface AuditEvent {
  readonly id: number
  readonly at: EpochMs
  readonly action: string
  readonly outcome: 'done' | 'refused'
  readonly surface: Surface
  readonly address: string | null
  readonly userAgent: string | null
  readonly requestId: string | null
  /** Facts of the event, never a secret: factor, session, key or application concerned, reason of a refusal. */
  readonly facts: Readonly<Record<string, string | number | boolean>>
}

export interface AuditFace {
  /** The caller's own events, newest first, below `before` (an event id) when given. */
  list(
    caller: SessionCaller,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<{ readonly events: readonly AuditEvent[]; readonly nextBefore: number | null }>
}

/** What the command line may do to an account, named by e-mail or client code. */
export interface AdministrationFace {
  create(given: {
    readonly email: string
    readonly password: string
    readonly name: string | null
    readonly role: Role
  }): Promise<AccountView>
  list(): Promise<readonly (AccountView & { readonly isLocked: boolean; readonly lastSignInAt: EpochMs | null })[]>
  lock(name: string): Promise<AccountView>
  /** Also clears every guessing limit. */
  unlock(name: string): Promise<AccountView>
  resetFactors(name: string): Promise<AccountView>
  setRole(name: string, role: Role): Promise<AccountView>
  /** Returns a token with which one person may register within 7 days. */
  invite(role: Role): Promise<string>
  /** A token that makes the first owner, good for 60 minutes; null when there is an owner. Earlier ones die. */
  issueBootstrapToken(): Promise<string | null>
}

export interface IdentityModule {
  readonly credentials: CredentialsFace
  readonly signIn: SignInFace
  readonly sessions: SessionsFace
  readonly accounts: AccountsFace
  readonly passwords: PasswordsFace
  readonly codes: CodesFace
  readonly factors: FactorsFace
  readonly applications: ApplicationsFace
  readonly keys: KeysFace
  readonly audit: AuditFace
  readonly administration: AdministrationFace
}
