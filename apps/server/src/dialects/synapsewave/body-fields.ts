import { type Field, type FieldValues, needed, readFields, textMatching, textOf } from '../api/fields.ts'
import type { Parsed } from '../api/parameters.ts'

/** Longest token a member may carry. */
const tokenCharacters = 8_192

/** Returns the members of a body that the shape names; null and "" count as absent (synapsewave.md §3.2). Throws `invalid_parameter`. */
export function readBody<Shape extends Record<string, Field<unknown>>>(
  body: unknown,
  shape: Shape,
): FieldValues<Shape> {
  return readFields(withoutBlanks(body), shape)
}

export function withoutBlanks(body: unknown): Readonly<Record<string, unknown>> {
  const members = Object.entries((body ?? {}) as Readonly<Record<string, unknown>>)
  return Object.fromEntries(members.filter(([, value]) => value !== null && value !== ''))
}

const userIdText = textMatching(/^[A-Za-z0-9]{3,12}$/, 'must be 3 to 12 letters and digits')
const keyText = textMatching(/^[\x20-\x7e]{1,128}$/, 'must be 1 to 128 printable ASCII characters')
export const udidText = textMatching(/^[\x20-\x7e]{1,50}$/, 'must be 1 to 50 printable ASCII characters')
export const sixDigits = textMatching(/^[0-9]{6}$/, 'must be a string of 6 digits')
export const tokenText = textOf(1, tokenCharacters)
/** A password as it is given at sign-in. */
export const passwordText = textOf(1, 1_024)
/** An MPIN in a member that holds other secrets as well and is always a string. */
export const mpinText = textMatching(/^[0-9]{4,6}$/, 'must be a string of 4 to 6 digits')

/** Reads an MPIN given as a JSON integer or as digits, which a leading 0 needs. */
export function mpinOf(value: unknown): Parsed<string> {
  const text = Number.isSafeInteger(value) ? String(value) : value
  return typeof text === 'string' && /^[0-9]{4,6}$/.test(text) ? { value: text } : { reason: 'must have 4 to 6 digits' }
}

/** Reads a password to be set: its length counts after NFKC, as it is compared. */
export function newPasswordOf(value: unknown): Parsed<string> {
  const given = passwordText(value)
  if ('reason' in given) return typeof value === 'string' ? { reason: lengthReason } : given
  const length = [...given.value.normalize('NFKC')].length
  return length >= 8 && length <= 256 ? given : { reason: lengthReason }
}
const lengthReason = 'must have 8 to 256 characters'

/** `WEBAPI` or `MOBILEAPI` in any case; nothing depends on which. */
function sourceText(value: unknown): Parsed<string> {
  const word = typeof value === 'string' ? value.toUpperCase() : null
  return word === 'WEBAPI' || word === 'MOBILEAPI' ? { value: word } : { reason: 'must be WEBAPI or MOBILEAPI' }
}

/** Members every call without a session has (synapsewave.md §6). */
export const creds = { user_id: needed(userIdText), api_key: needed(keyText), source: needed(sourceText) }

/** An OTP token, or the six digits of the OTP itself. */
export const proof = needed(tokenText)
