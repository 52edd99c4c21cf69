import { DeletedReply, IdParams, KeyBody, KeysReply, NewKeyReply, named } from '@banyan/contracts'
import { type Clock, dayMs, type EpochMs, formatIst, istDate, parseTimestamp } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import { type ApiKeyView, type Scope, scopes } from '../../modules/identity/index.ts'
import { idOf, idPath } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { nameOf, needed, optionalField, orNull, readFields } from '../api/fields.ts'
import { istOrNull } from '../api/ist-or-null.ts'
import type { Parsed } from '../api/parameters.ts'
import { responses, userErrors } from '../api/route-schema.ts'
import { nothingSpent, toPlan } from './plans.ts'

const config = { credential: 'user', rateClass: 'api' } as const
const changing = { ...config, leastRole: 'member' } as const
const tags = ['keys']
const longestLifeMs = 366 * dayMs

export interface KeyParts extends AccountParts {
  readonly clock: Clock
}

/** GET and POST /api/keys, DELETE /api/keys/{id} (fincrux.md §4.8). */
export function addKeys(app: FastifyInstance, parts: KeyParts): void {
  const { keys, accounts } = parts.identity
  app.get('/api/keys', {
    config,
    schema: {
      operationId: 'listKeys',
      summary: 'Live API keys, and what the plan leaves',
      tags,
      response: responses({ 200: named(KeysReply) }, userErrors),
    },
    async handler(request): Promise<KeysReply> {
      const caller = sessionOf(request)
      const [live, account] = await Promise.all([keys.list(caller), accounts.view(caller.accountId)])
      const today = istDate(parts.clock.now())
      const usage = { date: today, ...nothingSpent }
      const rows = live.map((key) => ({ ...toKey(key), last_used_at: istOrNull(key.lastUsedAt), usage_today: usage }))
      return { keys: rows, plan: toPlan(account.plan) }
    },
  })
  app.post('/api/keys', {
    config: changing,
    schema: {
      operationId: 'createKey',
      summary: 'Make an API key; the only reply that shows it',
      tags,
      body: KeyBody,
      response: responses({ 201: named(NewKeyReply) }, [
        ...userErrors,
        'insufficient_role',
        'cross_site_request',
        'invalid_parameter',
        'key_limit_reached',
      ]),
    },
    async handler(request, reply): Promise<NewKeyReply> {
      const given = readFields(request.body, keyFields(parts.clock.now()))
      const asked = { name: given.name, scopes: given.scopes, expiresAt: given.expires_at }
      const { key, ...view } = await keys.create(sessionOf(request), asked, asking(request, parts))
      reply.code(201)
      return { ...toKey(view), key }
    },
  })
  app.delete(`/api/keys/${idPath}`, {
    config,
    schema: {
      operationId: 'deleteKey',
      summary: 'End an API key at once',
      tags,
      params: IdParams,
      response: responses({ 200: named(DeletedReply) }, [
        ...userErrors,
        'cross_site_request',
        'invalid_parameter',
        'not_found',
      ]),
    },
    async handler(request): Promise<DeletedReply> {
      await keys.remove(sessionOf(request), idOf(request.params), asking(request, parts))
      return { deleted: true }
    },
  })
}

function keyFields(now: EpochMs) {
  return {
    name: needed(nameOf(60)),
    scopes: optionalField(scopesOf, ['market:read']),
    expires_at: optionalField(orNull(endAfter(now)), null),
  }
}

function scopesOf(value: unknown): Parsed<readonly Scope[]> {
  const known = Array.isArray(value) ? scopes.filter((scope) => value.includes(scope)) : []
  const isKnown = Array.isArray(value) && value.length > 0 && value.every((one) => known.includes(one))
  return isKnown ? { value: known } : { reason: `must be a list of one or more of ${scopes.join(', ')}` }
}

function endAfter(now: EpochMs): (value: unknown) => Parsed<EpochMs> {
  return (value) => {
    const end = typeof value === 'string' && value.length <= 40 ? parseTimestamp(value) : null
    if (end === null) return { reason: 'must be a timestamp with offset, or null' }
    return end > now && end <= now + longestLifeMs
      ? { value: end }
      : { reason: 'must be in the future, at most 366 days ahead' }
  }
}

function toKey({ id, name, prefix, scopes: held, createdAt, expiresAt }: ApiKeyView) {
  const life = { created_at: formatIst(createdAt), expires_at: istOrNull(expiresAt) }
  return { id, name, prefix, scopes: [...held], ...life }
}
