import { BanyanError } from '@banyan/domain'

const knownCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: 'The connection was cut.',
  ENOTFOUND: 'The address was not found.',
  ETIMEDOUT: 'No answer in time.',
}

/**
 * Returns one short line for people about any error. Error texts carry host names, paths and at times credentials, so none is
 * passed on: only our own errors' messages, known codes, and for the rest the kind of error.
 */
export function scrubError(error: unknown): string {
  if (error instanceof BanyanError) return error.message.slice(0, 120)
  if (!(error instanceof Error)) return 'Failed.'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (knownCodes[code]) return knownCodes[code]
  if (/^[0-9A-Z]{5}$/.test(code)) return `The database refused (${code}).`
  return /^[A-Za-z]{1,40}$/.test(error.name) ? `Failed (${error.name}).` : 'Failed.'
}
