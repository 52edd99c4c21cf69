import type { EpochMs } from '@banyan/domain'
import type { AccountView, OtpChannel } from './account.ts'
import type { RequestOrigin, Role, SessionCaller } from './callers.ts'
import type { SignedIn } from './sign-in-face.ts'

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
