import { type Static, Type } from 'typebox'
import {
  nullableTimestamp,
  password,
  passwordAgain,
  secondFactorCode,
  shownOnce,
  sixDigits,
  timestamp,
} from './account-fields.ts'
import { named } from './named.ts'
import { nullableText } from './provenance.ts'

/** Body of every call that only asks for the password again. */
export const PasswordBody = Type.Object(passwordAgain)
export const PasswordAndCodeBody = Type.Object({ password, code: secondFactorCode })
export const TotpCodeBody = Type.Object({ code: sixDigits('From the authenticator.') })

/** Replies of the TOTP routes (fincrux.md §4.7). */
export const TotpSecretReply = Type.Object(
  {
    secret: shownOnce('32 characters of base32.'),
    otpauth_uri: Type.String({ description: 'The same for a QR code.' }),
    expires_in: Type.Integer({ description: 'Seconds until it must be confirmed.' }),
  },
  { $id: 'TotpSecretReply' },
)
export type TotpSecretReply = Static<typeof TotpSecretReply>
const recoveryCodes = Type.Array(Type.String(), { description: '10 codes, each good once. Shown this once.' })
export const TotpEnabledReply = Type.Object(
  { enabled: Type.Literal(true), recovery_codes: recoveryCodes },
  { $id: 'TotpEnabledReply' },
)
export type TotpEnabledReply = Static<typeof TotpEnabledReply>
export const RecoveryCodesReply = Type.Object({ recovery_codes: recoveryCodes }, { $id: 'RecoveryCodesReply' })
export type RecoveryCodesReply = Static<typeof RecoveryCodesReply>

/** Whether a factor is on after the call. */
export const EnabledReply = Type.Object({ enabled: Type.Boolean() }, { $id: 'EnabledReply' })
export type EnabledReply = Static<typeof EnabledReply>

export const Passkey = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    created_at: timestamp('Registration'),
    last_used_at: nullableTimestamp('Latest sign-in'),
  },
  { $id: 'Passkey' },
)
export type Passkey = Static<typeof Passkey>

export const SsoLink = Type.Object(
  { id: Type.String(), issuer: Type.String(), subject: Type.String(), linked_at: timestamp('Linking') },
  { $id: 'SsoLink' },
)
export type SsoLink = Static<typeof SsoLink>

/** Reply of GET /api/auth/factors (ours). */
export const FactorsReply = Type.Object(
  {
    password: Type.Object({ enabled: Type.Boolean(), changed_at: nullableTimestamp('Latest change') }),
    totp: Type.Object({ enabled: Type.Boolean(), recovery_codes_left: Type.Integer({ minimum: 0 }) }),
    mpin: Type.Object({ enabled: Type.Boolean() }),
    otp: Type.Object({ channel: Type.Enum(['email', 'sms']), beside_totp: Type.Boolean() }),
    devices: Type.Array(
      Type.Object({
        id: Type.String(),
        label: nullableText('Enough to tell two apart.'),
        trusted: Type.Boolean({ description: 'False: registered by a code alone, opens nothing.' }),
        registered_at: timestamp('Registration'),
        last_used_at: nullableTimestamp('Latest sign-in'),
      }),
    ),
    passkeys: Type.Array(named(Passkey)),
    sso_links: Type.Array(named(SsoLink)),
  },
  { $id: 'FactorsReply' },
)
export type FactorsReply = Static<typeof FactorsReply>

export const MpinBody = Type.Object({
  mpin: Type.String({ pattern: '^[0-9]{4,6}$', description: '4–6 digits as text; no repeats, runs, birth years.' }),
})
export const TrustedReply = Type.Object({ trusted: Type.Literal(true) }, { $id: 'TrustedReply' })
export type TrustedReply = Static<typeof TrustedReply>

export const PasskeyBody = Type.Object({
  ticket: Type.String({ description: 'Of the options this answers.' }),
  name: Type.String({ maxLength: 60 }),
  response: Type.Object({}, { additionalProperties: true, description: 'RegistrationResponseJSON of the browser.' }),
})
export type PasskeyBody = Static<typeof PasskeyBody>
export const SsoLinkBody = Type.Object({
  token: Type.String({ description: 'A signed assertion of a trusted issuer, at most 10 minutes old.' }),
  password,
})
