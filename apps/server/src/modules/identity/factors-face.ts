import type { EpochMs } from '@banyan/domain'
import type { OtpChannel } from './account.ts'
import type { ApplicationCaller, RequestOrigin, SessionCaller } from './callers.ts'
import type { CodeProof } from './codes-face.ts'

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
