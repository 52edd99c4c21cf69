import { KotakFault, named } from '@banyan/contracts'
import { type ErrorCode, errorTable } from '@banyan/domain'
import { type TSchema, Type } from 'typebox'
import { kotakFaults } from './faults.ts'

/** What any call may answer. */
const anywhere: readonly ErrorCode[] = [
  'invalid_application',
  'invalid_parameter',
  'method_not_allowed',
  'uri_too_long',
  'rate_limited',
  'headers_too_large',
  'internal_error',
  'unavailable',
]

/** Returns the response part of a call's schema: its good reply and, per status, the faults it can answer. */
export function faultsBeside(good: TSchema, errors: readonly ErrorCode[]): Record<number, TSchema> {
  const meanings: Record<number, string[]> = {}
  for (const error of [...anywhere, ...errors]) {
    const { code, status } = kotakFaults[error]
    meanings[status] = [...(meanings[status] ?? []), `${code}: ${errorTable[error].sentence}`]
  }
  const faults = Object.entries(meanings).map(([status, texts]) => [
    status,
    Type.Unsafe({ ...named(KotakFault), description: texts.join(' ') }),
  ])
  return { ...Object.fromEntries(faults), 200: good }
}
