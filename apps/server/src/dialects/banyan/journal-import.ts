import { type JournalCsvProblem, JournalImportQuery, JournalImportReply, named } from '@banyan/contracts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { ImportReport, JournalModule, RowProblem } from '../../modules/journal/index.ts'
import { accountIdOf } from '../api/api-checks.ts'
import { renderApiProblem } from '../api/api-errors.ts'
import { csvBodyOf } from '../api/csv-body.ts'
import { oneOf, optional, readParameters } from '../api/parameters.ts'
import { responses, userErrors } from '../api/route-schema.ts'
import { toSnakeCase } from '../api/wire-names.ts'
import { openJournalFile } from './journal-file.ts'

const query = { preview: optional(oneOf(['true', 'false']), 'false') }

/** POST /api/journal/import (ours): the entries of a CSV file, all of them or none. */
export function addJournalImport(app: FastifyInstance, { journal }: { readonly journal: JournalModule }): void {
  app.post('/api/journal/import', {
    config: { credential: 'user', rateClass: 'api', leastRole: 'member', body: 'csv' },
    schema: {
      operationId: 'importJournal',
      summary: 'Add the entries of a CSV file, or try it first',
      tags: ['journal'],
      consumes: ['text/csv'],
      querystring: JournalImportQuery,
      body: Type.String({ description: 'As an export has it; at most 5 MiB and 20,000 rows.' }),
      response: responses({ 200: named(JournalImportReply) }, [
        ...userErrors,
        'insufficient_role',
        'cross_site_request',
        'body_too_large',
        'unsupported_media_type',
        'invalid_parameter',
      ]),
    },
    async handler(request, reply) {
      const isPreview = readParameters(request.query, query).preview === 'true'
      const { ignoredColumns, rows } = await openJournalFile(csvBodyOf(request))
      const report = await journal.importEntries(accountIdOf(request), rows, { isPreview })
      const counts = toCounts(report, ignoredColumns)
      if (report.problemCount > 0 && !isPreview) return answerRefused(reply, counts)
      return { preview: isPreview, ...counts } satisfies JournalImportReply
    },
  })
}

function toCounts({ rows, added, known, problems, problemCount }: ImportReport, ignoredColumns: readonly string[]) {
  const counts = { rows, added, known, errors: problems.map(toCsvProblem), error_count: problemCount }
  return { ...counts, ignored_columns: [...ignoredColumns] }
}

function toCsvProblem({ line, field, reason }: RowProblem): JournalCsvProblem {
  return { line, column: field === null ? null : toSnakeCase(field), reason }
}

/** Answers a file that was refused: the error body, whose details name the columns, and what a preview would have told. */
function answerRefused(reply: FastifyReply, counts: ReturnType<typeof toCounts>): FastifyReply {
  const details = counts.errors.map(({ line, column, reason }) => ({
    field: column ?? 'body',
    reason: `on line ${line} ${reason}`,
  }))
  const [first] = details
  const { status, headers, body } = renderApiProblem(
    {
      code: 'invalid_parameter',
      message: `Nothing was imported: ${first?.field} ${first?.reason}.`,
      details,
      retryAfterS: null,
      requestId: reply.request.id,
    },
    counts,
  )
  return reply.code(status).headers(headers).send(body)
}
