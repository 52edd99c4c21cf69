import { DeletedReply, DeleteMeBody, ExportReply, named } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import type { BrokerSessionsModule } from '../../modules/broker-sessions/index.ts'
import type { JournalModule } from '../../modules/journal/index.ts'
import type { PortfolioModule } from '../../modules/portfolio/index.ts'
import type { WatchlistsModule } from '../../modules/watchlists/index.ts'
import { givenPassword, secondFactorCode } from '../api/account-fields.ts'
import { type AccountParts, asking } from '../api/account-parts.ts'
import { sessionOf } from '../api/api-checks.ts'
import { needed, optionalField, readFields } from '../api/fields.ts'
import { toEntryBody } from '../api/journal-entry.ts'
import { everyEntry } from '../api/journal-filter.ts'
import { responses, userErrors } from '../api/route-schema.ts'
import { clearSessionCookie } from '../api/session-cookie.ts'
import { toExport } from './export-body.ts'

const body = { password: needed(givenPassword), code: optionalField(secondFactorCode, null) }

/** POST /api/auth/me/export and DELETE /api/auth/me (ours). */
export function addLeaving(
  app: FastifyInstance,
  parts: AccountParts & {
    readonly journal: JournalModule
    readonly portfolio: PortfolioModule
    readonly watchlists: WatchlistsModule
    readonly brokerSessions: BrokerSessionsModule
  },
): void {
  const { accounts } = parts.identity
  app.post('/api/auth/me/export', {
    config: { credential: 'user', rateClass: 'api' },
    schema: {
      operationId: 'exportMe',
      summary: 'Everything kept about the account, secrets left out',
      tags: ['account'],
      response: responses({ 200: named(ExportReply) }, [...userErrors, 'cross_site_request']),
    },
    async handler(request) {
      const caller = sessionOf(request)
      const account = await accounts.export(caller, asking(request, parts))
      return {
        ...toExport(account),
        journal: await listJournal(parts.journal, caller.accountId),
        portfolio: toExport(await parts.portfolio.everything(caller.accountId)),
        ...toExport({ watchlists: await parts.watchlists.list(caller.accountId) }),
      }
    },
  })
  app.delete('/api/auth/me', {
    config: { credential: 'user', rateClass: 'api', leastRole: 'member' },
    schema: {
      operationId: 'deleteMe',
      summary: 'Delete the account and everything kept about it',
      tags: ['account'],
      body: DeleteMeBody,
      response: responses({ 200: named(DeletedReply) }, [
        ...userErrors,
        'insufficient_role',
        'cross_site_request',
        'wrong_password',
        'invalid_second_factor',
        'invalid_parameter',
        'last_owner',
        'too_many_attempts',
      ]),
    },
    async handler(request, reply): Promise<DeletedReply> {
      const given = readFields(request.body, body)
      const caller = sessionOf(request)
      await accounts.remove(caller, given, asking(request, parts))
      parts.brokerSessions.forget(caller.accountId)
      clearSessionCookie(request, reply, parts)
      return { deleted: true }
    },
  })
}

async function listJournal(journal: JournalModule, accountId: number) {
  const bodies = []
  for await (const entries of journal.everything(accountId, everyEntry)) bodies.push(...entries.map(toEntryBody))
  return bodies
}
