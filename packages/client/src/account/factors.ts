import type {
  DeletedReply,
  EnabledReply,
  FactorsReply,
  Passkey,
  PasskeyBody,
  PasskeyOptions,
  RecoveryCodesReply,
  SsoLink,
  TotpEnabledReply,
  TotpSecretReply,
  TrustedReply,
} from '@banyan/contracts'
import { type Abortable, type AccountCall, part } from './account-call.ts'

interface PasswordAndCode {
  readonly password: string
  readonly code: string
}

const base = '/api/auth/factors'

/** Returns the calls about what the account signs in with. Most ask for the password again. */
export function createFactors({ asUser }: { readonly asUser: AccountCall }) {
  return {
    totp: {
      /** Nothing is on before {@link confirm}. */
      enrol: (password: string, options?: Abortable) =>
        asUser<TotpSecretReply>('POST', '/api/auth/totp/enrol', { body: { password }, ...options }),
      /** Switches TOTP on. The recovery codes are shown this once. */
      confirm: (code: string, options?: Abortable) =>
        asUser<TotpEnabledReply>('POST', '/api/auth/totp/confirm', { body: { code }, ...options }),
      disable: (body: PasswordAndCode, options?: Abortable) =>
        asUser<EnabledReply>('POST', '/api/auth/totp/disable', { body, ...options }),
      replaceRecoveryCodes: (body: PasswordAndCode, options?: Abortable) =>
        asUser<RecoveryCodesReply>('POST', '/api/auth/totp/recovery-codes', { body, ...options }),
    },
    factors: {
      list: (options?: Abortable) => asUser<FactorsReply>('GET', base, options),
      setMpin: (mpin: string, options?: Abortable) =>
        asUser<EnabledReply>('POST', `${base}/mpin`, { body: { mpin }, ...options }),
      removeMpin: (password: string, options?: Abortable) =>
        asUser<EnabledReply>('DELETE', `${base}/mpin`, { body: { password }, ...options }),
      trustDevice: (id: string, password: string, options?: Abortable) =>
        asUser<TrustedReply>('POST', `${base}/devices/${part(id)}/trust`, { body: { password }, ...options }),
      removeDevice: (id: string, options?: Abortable) =>
        asUser<DeletedReply>('DELETE', `${base}/devices/${part(id)}`, options),
      /** Options for the browser's `navigator.credentials.create`. */
      passkeyOptions: (password: string, options?: Abortable) =>
        asUser<PasskeyOptions>('POST', `${base}/passkeys/options`, { body: { password }, ...options }),
      addPasskey: (body: PasskeyBody, options?: Abortable) =>
        asUser<Passkey>('POST', `${base}/passkeys`, { body, ...options }),
      removePasskey: (id: string, password: string, options?: Abortable) =>
        asUser<DeletedReply>('DELETE', `${base}/passkeys/${part(id)}`, { body: { password }, ...options }),
      /** `token` is an assertion of an issuer the server trusts. */
      linkSso: (body: { readonly token: string; readonly password: string }, options?: Abortable) =>
        asUser<SsoLink>('POST', `${base}/sso`, { body, ...options }),
      unlinkSso: (id: string, password: string, options?: Abortable) =>
        asUser<DeletedReply>('DELETE', `${base}/sso/${part(id)}`, { body: { password }, ...options }),
    },
  }
}
