import { type Static, Type } from 'typebox'
import { displayName, email, newPassword, password, secondFactorCode, sixDigits, timestamp } from './account-fields.ts'
import { named } from './named.ts'
import { nullableText } from './provenance.ts'
import { accountFields } from './sign-in.ts'

const otpChannel = Type.Enum(['email', 'sms'], { description: 'Where one-time codes go.' })

/** Reply of GET and PATCH /api/auth/me (fincrux.md §4.4; from `client_code` on ours). */
export const MeReply = Type.Object(
  {
    ...accountFields,
    created_at: timestamp('Registration'),
    second_factor: Type.Object({ totp: Type.Boolean(), recovery_codes_left: Type.Integer({ minimum: 0 }) }),
    session_id: Type.String(),
    plan: Type.Enum(['hobby', 'plus', 'unlimited']),
    client_code: Type.String({ description: 'The name of the account for the Kotak and Synapsewave sign-ins.' }),
    role: Type.Enum(['owner', 'member', 'read-only']),
    mobile: nullableText('E.164.'),
    otp_channel: otpChannel,
    otp_beside_totp: Type.Boolean({ description: 'Mailed codes count as second factor although TOTP is on.' }),
  },
  { $id: 'MeReply' },
)
export type MeReply = Static<typeof MeReply>

/** Body of PATCH /api/auth/me (ours): either the profile, or the e-mail address in two steps. */
export const MePatchBody = Type.Object({
  name: Type.Optional(Type.Union([displayName, Type.Null()])),
  mobile: Type.Optional(Type.Union([Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' }), Type.Null()])),
  otp_channel: Type.Optional(otpChannel),
  otp_beside_totp: Type.Optional(Type.Boolean()),
  email: Type.Optional(email),
  password: Type.Optional(password),
  code: Type.Optional(sixDigits('Mailed to the new address by the same call without it.')),
})
export type MePatchBody = Static<typeof MePatchBody>

/** 202 of an address change that waits for its code. */
export const CodeSentReply = Type.Object(
  { expires_in: Type.Integer({ description: 'Seconds the mailed code is good for.' }) },
  { $id: 'CodeSentReply' },
)
export type CodeSentReply = Static<typeof CodeSentReply>

/** Reply of POST /api/auth/me/export (ours): everything kept about the account, secrets left out. */
export const ExportReply = Type.Object({}, { $id: 'ExportReply', additionalProperties: true })

export const DeleteMeBody = Type.Object({ password, code: Type.Optional(secondFactorCode) })

/** Something is gone for good. */
export const DeletedReply = Type.Object({ deleted: Type.Literal(true) }, { $id: 'DeletedReply' })
export type DeletedReply = Static<typeof DeletedReply>

/** One session (fincrux.md §4.5; from `surface` on ours). */
export const Session = Type.Object(
  {
    id: Type.String(),
    current: Type.Boolean(),
    created_at: timestamp('Sign-in'),
    last_seen_at: timestamp('Latest request, exact to 60 s'),
    expires_at: timestamp('End at the latest'),
    ip: Type.String(),
    user_agent: nullableText('As the client said.'),
    surface: Type.String({ description: 'api, kotak or synapsewave: which API it was opened through.' }),
    application_id: nullableText('The application it was opened through.'),
    device: Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()], {
      description: 'What the client said of its device; never trusted.',
    }),
  },
  { $id: 'Session' },
)
export type Session = Static<typeof Session>

export const SessionsReply = Type.Object({ sessions: Type.Array(named(Session)) }, { $id: 'SessionsReply' })
export type SessionsReply = Static<typeof SessionsReply>

export const RevokedReply = Type.Object({ revoked: Type.Integer({ minimum: 0 }) }, { $id: 'RevokedReply' })
export type RevokedReply = Static<typeof RevokedReply>

/** Bodies and replies of the password routes (fincrux.md §4.6). */
export const PasswordChangeBody = Type.Object({ current_password: password, new_password: newPassword })
export const PasswordForgotBody = Type.Object({ email })
export const PasswordResetBody = Type.Object({
  token: Type.String({ description: 'From the mailed link.' }),
  new_password: newPassword,
})
export const PasswordChangedReply = Type.Object(
  { revoked_sessions: Type.Integer({ minimum: 0 }) },
  { $id: 'PasswordChangedReply' },
)
export type PasswordChangedReply = Static<typeof PasswordChangedReply>
export const MessageReply = Type.Object({ message: Type.String() }, { $id: 'MessageReply' })
export type MessageReply = Static<typeof MessageReply>

export const AuditQuery = Type.Object({
  before: Type.Optional(Type.String({ description: 'Events below this id; `next_before` of the page before.' })),
  limit: Type.Optional(Type.String({ description: '1–200, default 50.' })),
})

/** Reply of GET /api/audit (ours): the caller's own events, newest first. */
export const AuditReply = Type.Object(
  {
    events: Type.Array(
      Type.Object({
        id: Type.Integer(),
        at: timestamp('Time'),
        action: Type.String(),
        outcome: Type.Enum(['done', 'refused']),
        surface: Type.Enum(['api', 'kotak', 'synapsewave', 'command']),
        ip: nullableText('Null where no network was involved.'),
        user_agent: nullableText('As the client said.'),
        request_id: nullableText('The id the reply carried.'),
        facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
      }),
    ),
    next_before: Type.Union([Type.Integer(), Type.Null()], { description: 'Null on the last page.' }),
  },
  { $id: 'AuditReply' },
)
export type AuditReply = Static<typeof AuditReply>

export const OutboxQuery = Type.Object({
  limit: Type.Optional(Type.String({ description: '1–100, default 20.' })),
})

/** Reply of GET /api/outbox (ours, loopback alone): newest first. */
export const OutboxReply = Type.Object(
  {
    mails: Type.Array(
      Type.Object({
        id: Type.String(),
        to: Type.String(),
        subject: Type.String(),
        text: Type.String(),
        created_at: timestamp('Time'),
      }),
    ),
  },
  { $id: 'OutboxReply' },
)
export type OutboxReply = Static<typeof OutboxReply>

/** Reply of GET /.well-known/jwks.json (RFC 7517 §5, RFC 8037 §2): the public keys tokens are verified with. */
export const JsonWebKeys = Type.Object(
  {
    keys: Type.Array(
      Type.Object({
        kty: Type.Literal('OKP'),
        crv: Type.Literal('Ed25519'),
        x: Type.String(),
        kid: Type.String(),
        alg: Type.Literal('EdDSA'),
        use: Type.Literal('sig'),
      }),
    ),
  },
  { $id: 'JsonWebKeys' },
)
export type JsonWebKeys = Static<typeof JsonWebKeys>
