import type { ApplicationCaller, RequestOrigin, SessionCaller } from './callers.ts'

/** What a mailed or texted code is good for. */
export type CodePurpose = 'sign_in' | 'password_totp' | 'mpin'

/** A code, or the token that an earlier check of the code gave. */
export interface CodeProof {
  readonly clientCode: string
  readonly proof: string
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
