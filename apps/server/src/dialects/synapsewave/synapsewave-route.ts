import { named, SynapsewaveError, SynapsewaveHeaders } from '@banyan/contracts'
import type { ErrorCode } from '@banyan/domain'
import type { FastifyContextConfig } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { readByHandler } from '../api/route-schema.ts'
import { synapsewaveCases } from './synapsewave-errors.ts'

/** Largest body of any call (synapsewave.md §3.2). */
const bodyBytes = 16_384

/** What every call can answer (synapsewave.md §6); routes list only what they add. */
const anywhere: readonly ErrorCode[] = [
  'invalid_parameter',
  'invalid_application',
  'application_mismatch',
  'rate_limited',
  'method_not_allowed',
  'body_too_large',
  'unsupported_media_type',
  'internal_error',
  'unavailable',
]
const inSession: readonly ErrorCode[] = ['missing_credentials', 'token_expired', 'session_revoked']

interface Call {
  readonly operationId: string
  readonly summary: string
  /** `session` needs a bearer; `key` names its application in the body. */
  readonly credential: 'session' | 'key'
  readonly rateClass?: 'synapsewave-login' | 'synapsewave-otp'
  readonly params?: TSchema
  readonly body?: TSchema
  readonly reply: TSchema
  readonly errors?: readonly ErrorCode[]
  readonly errorReply?: TSchema
}

/** Returns the options all routes of this API share, and the documentation of one. */
export function synapsewaveRoute(call: Call) {
  const { operationId, summary, credential, rateClass = 'synapsewave', params, body, errors = [] } = call
  const codes = [...anywhere, ...(credential === 'session' ? inSession : []), ...errors]
  const config: FastifyContextConfig = { credential: `synapsewave-${credential}`, rateClass }
  return {
    config,
    bodyLimit: bodyBytes,
    validatorCompiler: readByHandler,
    schema: {
      operationId,
      summary,
      tags: ['synapsewave'],
      headers: SynapsewaveHeaders,
      ...(params ? { params } : {}),
      ...(body ? { body } : {}),
      response: { 200: named(call.reply), ...errorReplies(codes, call.errorReply ?? SynapsewaveError) },
    },
  }
}

/** Returns a reply per status, its description listing the cases. */
function errorReplies(codes: readonly ErrorCode[], reply: TSchema): Record<number, TSchema> {
  const byStatus = new Map<number, Set<string>>()
  for (const code of codes) {
    const { status, errors } = synapsewaveCases[code]
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(errors))
  }
  const replies = [...byStatus].map(([status, cases]) => {
    return [status, Type.Unsafe({ ...named(reply), description: [...cases].sort().join(', ') })] as const
  })
  return Object.fromEntries(replies)
}

const envelope = { status: 'success', code: 's-101' } as const

/** A success without data. */
export function done(message: string) {
  return { ...envelope, message }
}

export function withData<T>(message: string, data: T) {
  return { ...envelope, message, data }
}
