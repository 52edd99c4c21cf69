import { Readable } from 'node:stream'
import { JournalFilterQuery } from '@banyan/contracts'
import { type Clock, istDate } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { JournalEntry, JournalModule } from '../../modules/journal/index.ts'
import { accountIdOf } from '../api/api-checks.ts'
import { entryFilter } from '../api/journal-filter.ts'
import { readParameters } from '../api/parameters.ts'
import { responses, userErrors } from '../api/route-schema.ts'
import { writeLines } from './journal-file.ts'

/** Without it spreadsheets take the text for one of their own code pages. */
const byteOrderMark = '\ufeff'

const csvFile = Type.Unsafe<string>({
  description: 'Every entry of the filter, newest opening first.',
  content: { 'text/csv': { schema: { type: 'string' } } },
})

/** GET /api/journal/export (ours): the entries of a filter as CSV. */
export function addJournalExport(
  app: FastifyInstance,
  { journal, clock }: { readonly journal: JournalModule; readonly clock: Clock },
): void {
  app.get('/api/journal/export', {
    config: { credential: 'user', scope: 'journal:read', rateClass: 'api' },
    schema: {
      operationId: 'exportJournal',
      summary: 'Journal entries as a CSV file',
      tags: ['journal'],
      querystring: JournalFilterQuery,
      response: responses({ 200: csvFile }, [...userErrors, 'insufficient_scope', 'invalid_parameter']),
    },
    handler(request, reply) {
      const filter = readParameters(request.query, entryFilter)
      const pages = journal.everything(accountIdOf(request), filter)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="journal-${istDate(clock.now())}.csv"`)
        .send(Readable.from(toFile(pages)))
    },
  })
}

async function* toFile(pages: AsyncIterable<readonly JournalEntry[]>): AsyncGenerator<string> {
  yield byteOrderMark + writeLines([], true)
  for await (const page of pages) yield writeLines(page, false)
}
