import { ErrorBody, named } from '@banyan/contracts'
import { type ErrorCode, errorTable } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { apiStatuses } from './api-errors.ts'

/** What any route may answer (stocktrendz.md §2.4); routes list only what they add. */
const anywhere: readonly ErrorCode[] = [
  'method_not_allowed',
  'uri_too_long',
  'rate_limited',
  'headers_too_large',
  'internal_error',
  'unavailable',
]

/** What every route of the check `user` may answer beside its own errors. */
export const userErrors: readonly ErrorCode[] = [
  'multiple_credentials',
  'missing_credentials',
  'invalid_token',
  'token_expired',
  'wrong_token_kind',
  'session_revoked',
  'invalid_api_key',
  'api_key_expired',
  'api_key_not_allowed',
]

/** Adds schemas by name for `$ref`; one that is there already is left alone. */
export function addSchemas(app: FastifyInstance, schemas: readonly TSchema[]): void {
  for (const schema of [ErrorBody, ...schemas]) {
    if (app.getSchema(String((schema as { $id?: string }).$id)) === undefined) app.addSchema(schema)
  }
}

/** Returns the response part of a route's schema: its good replies and, per status, the errors it can answer. */
export function responses(good: Record<number, TSchema>, errors: readonly ErrorCode[] = []): Record<number, TSchema> {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of [...errors, ...anywhere]) {
    const status = apiStatuses[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  const bad = [...byStatus]
    .filter(([status]) => !(status in good))
    .map(([status, codes]) => [status, errorSchema(codes)])
  return { ...good, ...Object.fromEntries(bad) }
}

function errorSchema(codes: readonly ErrorCode[]): TSchema {
  const meanings = codes.map((code) => `\`${code}\`: ${errorTable[code].sentence}`)
  return Type.Unsafe({ ...named(ErrorBody), description: meanings.join(' ') })
}

/**
 * Stands in for Ajv on queries and paths: the readers of `parameters.ts` check those, because they name every failing field in one
 * answer. The schema still documents them.
 */
export const readByHandler = () => () => true

/**
 * Stands in for the compiled serializer on replies that a handler builds member by member: to compile one for a large schema, once per status,
 * would cost every start of the server more than all its replies. The schema still documents them, and tests hold the replies to it.
 */
export const writtenByHandler = () => (body: unknown) => JSON.stringify(body)
