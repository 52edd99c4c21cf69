import { type Static, Type } from 'typebox'
import { displayName, email, newPassword, password, secondFactorCode } from './account-fields.ts'
import { ErrorBody } from './error-body.ts'
import { nullableText } from './provenance.ts'

/** Body of POST /api/auth/register (stocktrendz.md §4.1); the invitation is ours. */
export const RegisterBody = Type.Object({
  email,
  password: newPassword,
  name: Type.Optional(displayName),
  invitation: Type.Optional(Type.String({ description: 'Token of an invitation, where registration asks for one.' })),
})
export type RegisterBody = Static<typeof RegisterBody>

/** Body of POST /api/auth/bootstrap (ours). */
export const BootstrapBody = Type.Object({
  token: Type.String({ description: 'Printed by the server at its first start, good for 60 minutes and once.' }),
  email,
  password: newPassword,
  name: Type.Optional(displayName),
})
export type BootstrapBody = Static<typeof BootstrapBody>

/** Body of POST /api/auth/login (stocktrendz.md §4.2, fincrux.md §4.1). */
export const LoginBody = Type.Object({ email, password })
export type LoginBody = Static<typeof LoginBody>

const user = Type.Object({
  id: Type.Integer({ minimum: 1, description: 'Stable.' }),
  email: Type.String(),
  name: nullableText('Null when never given.'),
})

/** What every reply about an account says of it. */
export const accountFields = {
  user,
  full_name: Type.String({ description: 'The name, or empty.' }),
  email: Type.String(),
  profile_img_url: Type.String({ description: 'Absolute, on this origin.' }),
}

const tokens = {
  success: Type.Literal('true'),
  access_token: Type.String({ description: 'For the header and the cookie; 7 days.' }),
  access: Type.String({ description: 'For the header; 1 hour.' }),
  refresh: Type.String({ description: 'For POST /api/auth/refresh alone; 30 days, once.' }),
}

/** The one login body of both APIs (stocktrendz.md §4.2). */
export const LoginReply = Type.Object({ ...tokens, ...accountFields }, { $id: 'LoginReply' })
export type LoginReply = Static<typeof LoginReply>

export const challengeFactors = ['totp', 'recovery_code', 'passkey'] as const

const challenge = Type.String({ description: 'Goes to the second step; opens nothing by itself.' })
const expiresIn = Type.Integer({ description: 'Seconds.' })

/** 401 of a login: the error body, and with `second_factor_required` what the second step needs. */
export const LoginRefusal = Type.Object(
  {
    ...ErrorBody.properties,
    challenge: Type.Optional(challenge),
    expires_in: Type.Optional(expiresIn),
    factors: Type.Optional(Type.Array(Type.Enum([...challengeFactors]))),
  },
  { $id: 'LoginRefusal' },
)
export type LoginRefusal = Static<typeof LoginRefusal>

/** Body of POST /api/auth/login/verify (fincrux.md §4.2). */
export const VerifyBody = Type.Object({ challenge, code: secondFactorCode })
export type VerifyBody = Static<typeof VerifyBody>

export const PasskeyChallengeBody = Type.Object({
  challenge: Type.Optional(
    Type.String({ description: 'Of a login that asked for a second factor; without it the passkey stands alone.' }),
  ),
})
export const PasskeyLoginBody = Type.Object({
  ticket: Type.String(),
  challenge: PasskeyChallengeBody.properties.challenge,
  response: Type.Object({}, { additionalProperties: true, description: 'AuthenticationResponseJSON of the browser.' }),
})
export type PasskeyLoginBody = Static<typeof PasskeyLoginBody>

/** Options for the browser's WebAuthn call and the ticket that goes back with its response (ours). */
export const PasskeyOptions = Type.Object(
  {
    ticket: Type.String({ description: 'Good for 5 minutes and once.' }),
    options: Type.Object({}, { additionalProperties: true, description: 'As WebAuthn Level 3 §5.1.10 spells them.' }),
  },
  { $id: 'PasskeyOptions' },
)
export type PasskeyOptions = Static<typeof PasskeyOptions>

/** Body and reply of POST /api/auth/refresh (fincrux.md §4.3). */
export const RefreshBody = Type.Object({ refresh: tokens.refresh })
export const RefreshReply = Type.Object(tokens, { $id: 'RefreshReply' })
export type RefreshReply = Static<typeof RefreshReply>

/** Reply of POST /api/auth/logout (fincrux.md §4.4). */
export const LogoutReply = Type.Object(
  { revoked: Type.Boolean({ description: 'False without a live session.' }) },
  { $id: 'LogoutReply' },
)
export type LogoutReply = Static<typeof LogoutReply>

/** Body and reply of POST /api/auth/invitations (ours). */
export const InvitationBody = Type.Object({
  role: Type.Optional(Type.Enum(['owner', 'member', 'read-only'], { description: 'Default member.' })),
  email: Type.Optional(email),
})
export type InvitationBody = Static<typeof InvitationBody>
export const InvitationReply = Type.Object(
  { id: Type.String(), token: Type.String({ description: 'Shown this once.' }), expires_at: Type.String() },
  { $id: 'InvitationReply' },
)
export type InvitationReply = Static<typeof InvitationReply>
