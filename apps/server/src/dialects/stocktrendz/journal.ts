import { JournalEntry, JournalEntryBody, JournalQuery, JournalReply, named } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import type { JournalModule } from '../../modules/journal/index.ts'
import { accountIdOf } from '../api/api-checks.ts'
import { toEntryBody } from '../api/journal-entry.ts'
import { readEntry } from '../api/journal-fields.ts'
import { entryFilter } from '../api/journal-filter.ts'
import { optional, readParameters, wholeNumber } from '../api/parameters.ts'
import { responses, userErrors } from '../api/route-schema.ts'
import { inWireNames } from '../api/wire-names.ts'
import { cursorAfter, parseCursor } from './journal-cursor.ts'

export interface JournalParts {
  readonly journal: JournalModule
}

const tags = ['journal']
const query = { ...entryFilter, limit: optional(wholeNumber(1, 200), 50), cursor: optional(parseCursor, null) }

/** GET and POST /api/journal (stocktrendz.md §9). */
export function addJournal(app: FastifyInstance, { journal }: JournalParts): void {
  app.get('/api/journal', {
    config: { credential: 'user', scope: 'journal:read', rateClass: 'api' },
    schema: {
      operationId: 'listJournal',
      summary: 'Journal entries, newest opening first',
      tags,
      querystring: JournalQuery,
      response: responses({ 200: named(JournalReply) }, [...userErrors, 'insufficient_scope', 'invalid_parameter']),
    },
    async handler(request): Promise<JournalReply> {
      const { limit, cursor, ...filter } = readParameters(request.query, query)
      const { entries, next } = await journal.list(accountIdOf(request), filter, { after: cursor, limit })
      return { entries: entries.map(toEntryBody), next_cursor: cursorAfter(next) }
    },
  })
  app.post('/api/journal', {
    config: { credential: 'user', rateClass: 'api', leastRole: 'member' },
    schema: {
      operationId: 'createJournalEntry',
      summary: 'Write down a trade',
      tags,
      body: JournalEntryBody,
      response: responses({ 201: named(JournalEntry) }, [
        ...userErrors,
        'insufficient_role',
        'cross_site_request',
        'invalid_parameter',
      ]),
    },
    async handler(request, reply): Promise<JournalEntry> {
      const entry = await inWireNames(journal.create(accountIdOf(request), readEntry(request.body)))
      reply.code(201)
      return toEntryBody(entry)
    },
  })
}
