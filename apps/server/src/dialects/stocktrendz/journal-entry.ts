import { DeletedReply, IdParams, JournalEntry, JournalPatchBody, named } from '@banyan/contracts'
import type { ErrorCode } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import { idOf, idPath } from '../api/account-fields.ts'
import { accountIdOf } from '../api/api-checks.ts'
import { toEntryBody } from '../api/journal-entry.ts'
import { readChanges } from '../api/journal-fields.ts'
import { responses, userErrors } from '../api/route-schema.ts'
import { inWireNames } from '../api/wire-names.ts'
import type { JournalParts } from './journal.ts'

const path = `/api/journal/${idPath}`
const changing = { credential: 'user', rateClass: 'api', leastRole: 'member' } as const
const tags = ['journal']
const errors: readonly ErrorCode[] = [...userErrors, 'invalid_parameter', 'not_found']
const changeErrors: readonly ErrorCode[] = [...errors, 'insufficient_role', 'cross_site_request']

/** GET, PATCH and DELETE /api/journal/{id} (stocktrendz.md §9). */
export function addJournalEntry(app: FastifyInstance, { journal }: JournalParts): void {
  app.get(path, {
    config: { credential: 'user', scope: 'journal:read', rateClass: 'api' },
    schema: {
      operationId: 'getJournalEntry',
      summary: 'One journal entry',
      tags,
      params: IdParams,
      response: responses({ 200: named(JournalEntry) }, [...errors, 'insufficient_scope']),
    },
    async handler(request): Promise<JournalEntry> {
      return toEntryBody(await journal.get(accountIdOf(request), idOf(request.params)))
    },
  })
  app.patch(path, {
    config: changing,
    schema: {
      operationId: 'changeJournalEntry',
      summary: 'Change what is given of an entry',
      tags,
      params: IdParams,
      body: JournalPatchBody,
      response: responses({ 200: named(JournalEntry) }, changeErrors),
    },
    async handler(request): Promise<JournalEntry> {
      const changes = readChanges(request.body)
      return toEntryBody(await inWireNames(journal.update(accountIdOf(request), idOf(request.params), changes)))
    },
  })
  app.delete(path, {
    config: changing,
    schema: {
      operationId: 'deleteJournalEntry',
      summary: 'Delete an entry',
      tags,
      params: IdParams,
      response: responses({ 200: named(DeletedReply) }, changeErrors),
    },
    async handler(request): Promise<DeletedReply> {
      await journal.remove(accountIdOf(request), idOf(request.params))
      return { deleted: true }
    },
  })
}
