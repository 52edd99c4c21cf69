import { BanyanError } from '@banyan/domain'
import { isEmail } from '../../modules/identity/index.ts'
import { nameOf, textMatching, textOf } from './fields.ts'
import type { Parsed } from './parameters.ts'

/** Reads an address an account may have (stocktrendz.md §4.1), trimmed and lower-cased. */
export function emailAddress(value: unknown): Parsed<string> {
  if (typeof value !== 'string') return { reason: 'must be a string' }
  const folded = value.trim().toLowerCase()
  return isEmail(folded) ? { value: folded } : { reason: 'must be an e-mail address: ASCII, one @, a dotted domain' }
}

/** Reads the address somebody signs in with: any text, since one that cannot have an account is as unknown as one that has none. */
export function namedEmail(value: unknown): Parsed<string> {
  const text = textOf(0, 1_024)(value)
  if ('reason' in text || !text.value.includes('\u0000')) return text
  return { reason: 'must not contain a null character' }
}

/** Reads a password to be compared. */
export const givenPassword = textOf(0, 1_024)

/** Reads a password to be set: its length after NFKC (stocktrendz.md §4.1). What else makes one unacceptable the core knows. */
export function newPassword(value: unknown): Parsed<string> {
  if (typeof value !== 'string') return { reason: 'must be a string' }
  if (!value.isWellFormed()) return { reason: 'must be well-formed Unicode text' }
  const length = value.length > 1_024 ? value.length : [...value.normalize('NFKC')].length
  return length >= 8 && length <= 256 ? { value } : { reason: 'must have 8 to 256 characters' }
}

/** Reads a name that may be left blank, which means none. */
export function nameOrBlank(value: unknown): Parsed<string | null> {
  return typeof value === 'string' && value.trim() === '' ? { value: null } : nameOf(80)(value)
}

/** Reads a token, ticket or challenge: whether it is good for anything the core knows. */
export const opaqueText = textOf(1, 8_192)

export const totpCode = textMatching(/^[0-9]{6}$/, 'must be six digits')

/** Reads six digits, or a recovery code of ten characters, hyphens and case ignored (fincrux.md §4.7). */
export function secondFactorCode(value: unknown): Parsed<string> {
  const reason = 'must be six digits or a recovery code of ten characters'
  if (typeof value !== 'string' || value.length > 64) return { reason }
  if (/^[0-9]{6}$/.test(value)) return { value }
  const folded = value.replaceAll('-', '').toLowerCase()
  return /^[0-9a-z]{10}$/.test(folded) ? { value: folded } : { reason }
}

/** Reads a JSON object whose members somebody else checks. */
export function objectOf(value: unknown): Parsed<object> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? { value } : { reason: 'must be an object' }
}

/**
 * Returns the id in a route's path. Throws `invalid_parameter` above 100 characters, and `not_found` for one that no id looks like, as for
 * any that is not the caller's.
 */
export function idOf(params: unknown): string {
  const { id } = params as { readonly id: string }
  if (id.length > 100)
    throw new BanyanError('invalid_parameter', {
      details: [{ field: 'id', reason: 'must have at most 100 characters' }],
    })
  if (!/^[A-Za-z0-9_-]+$/.test(id)) throw new BanyanError('not_found')
  return id
}

/** Keeps the router from taking a trailing slash as an empty id. */
export const idPath = ':id(^[^]+$)'

/** Waits for work that sets a secret. One the core does not accept is the failure of the field it came in. */
export async function settingSecret<T>(field: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof BanyanError) || error.code !== 'unacceptable_secret') throw error
    throw new BanyanError('invalid_parameter', { details: [{ field, reason: error.message }], cause: error })
  }
}
