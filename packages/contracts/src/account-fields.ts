import { Type } from 'typebox'
import { nullableText } from './provenance.ts'

// Members that several bodies of the account routes share.

export const email = Type.String({
  maxLength: 254,
  description: 'E-mail address: ASCII, one @, a dotted domain; trimmed, case ignored.',
})
export const newPassword = Type.String({
  description: '8–256 characters after NFKC, not trimmed; not among the most common, not a name of the account.',
})
export const password = Type.String({ maxLength: 1_024, description: 'The password of the account.' })
export const sixDigits = (description: string) => Type.String({ pattern: '^[0-9]{6}$', description })
export const secondFactorCode = Type.String({
  description: 'Six digits (TOTP), or a recovery code of ten characters, hyphens and case ignored.',
})
export const displayName = Type.String({ maxLength: 80, description: '1–80 characters, no control characters.' })
export const timestamp = (description: string) => Type.String({ description: `${description}: ISO 8601 with +05:30.` })
export const nullableTimestamp = (description: string) => nullableText(`${description}: ISO 8601 with +05:30, or null.`)
export const shownOnce = (description: string) => Type.String({ description: `${description} Shown this once.` })
export const passwordAgain = { password }

/** Path of a route about one thing of the caller's own. */
export const IdParams = Type.Object({
  id: Type.String({
    maxLength: 100,
    description: "Of one of the caller's own; any other is as unknown as a random one.",
  }),
})
