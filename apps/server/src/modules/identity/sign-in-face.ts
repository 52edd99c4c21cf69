import type { EpochMs } from '@banyan/domain'
import type { AccountView, OtpChannel } from './account.ts'
import type { ApplicationCaller, RequestOrigin } from './callers.ts'

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
