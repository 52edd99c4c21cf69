import { named, PortfolioImportQuery, PortfolioImportReply, PortfolioImportRow } from '@banyan/contracts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { ImportReport, PortfolioImports, ShownRow } from '../../modules/portfolio/index.ts'
import { exact } from '../api/amounts.ts'
import { accountIdOf } from '../api/api-checks.ts'
import { renderApiProblem } from '../api/api-errors.ts'
import { csvBodyOf } from '../api/csv-body.ts'
import { istOrNull } from '../api/ist-or-null.ts'
import { oneOf, optional, type Parsed, readParameters } from '../api/parameters.ts'
import { addSchemas, readByHandler, responses, userErrors } from '../api/route-schema.ts'
import { openPortfolioFile } from './portfolio-file.ts'

const query = {
  preview: optional(oneOf(['true', 'false']), 'false'),
  rejected: optional(oneOf(['refuse', 'skip']), 'refuse'),
  account: optional(readAccount, null),
}

/** POST /api/portfolio/import (ours): holdings or trades of a broker's CSV file, all of them or none. */
export function addPortfolioImport(
  app: FastifyInstance,
  { portfolioImports }: { readonly portfolioImports: PortfolioImports },
): void {
  addSchemas(app, [PortfolioImportReply, PortfolioImportRow])
  app.post('/api/portfolio/import', {
    config: { credential: 'user', rateClass: 'api', leastRole: 'member', body: 'csv' },
    schema: {
      operationId: 'importPortfolio',
      summary: 'Import holdings or trades from a CSV file, or try it first',
      tags: ['portfolio'],
      consumes: ['text/csv'],
      querystring: PortfolioImportQuery,
      body: Type.String({ description: 'As a broker’s export has it; at most 5 MiB and 50,000 rows.' }),
      response: responses({ 200: named(PortfolioImportReply) }, [
        ...userErrors,
        'insufficient_role',
        'cross_site_request',
        'body_too_large',
        'unsupported_media_type',
        'invalid_parameter',
      ]),
    },
    validatorCompiler: readByHandler,
    async handler(request, reply) {
      const { preview, rejected, account } = readParameters(request.query, query)
      const file = await openPortfolioFile(csvBodyOf(request))
      const options = { isPreview: preview === 'true', skipsRejected: rejected === 'skip', account }
      const report = await portfolioImports.importFile(accountIdOf(request), file, options)
      const figures = { ...toFigures(report), ignored_columns: ignoredColumns(file.header) }
      if (!report.isWritten && !options.isPreview) return answerRefused(reply, figures)
      return { preview: options.isPreview, ...figures } satisfies PortfolioImportReply
    },
  })
}

function readAccount(text: string): Parsed<string> {
  const isRight = /^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,39}$/.test(text.trim())
  return isRight ? { value: text.trim() } : { reason: 'must have 1 to 40 letters, digits and . _ / - characters' }
}

function toFigures(report: ImportReport) {
  const { format, brokerAccount, asOf, rows, footers, added, known, book, shown, rejected, problems } = report
  return {
    format: format.id,
    kind: format.kind,
    broker: format.broker,
    broker_account: brokerAccount,
    as_of: istOrNull(asOf),
    ...{ rows, footers, added, known },
    book: book?.change ?? null,
    book_before: istOrNull(book?.asOfBefore ?? null),
    understood: shown.map(toRow),
    rejected,
    errors: [...problems],
    error_count: report.problemCount,
  }
}

function toRow(row: ShownRow): PortfolioImportRow {
  const share = 'holding' in row ? row.holding : row.trade
  const named = {
    line: row.line,
    instrument: share.mapped ? `${share.exchange}:${share.symbol}` : null,
    tradingsymbol: share.symbol,
    isin: share.isin,
    quantity: exact(share.quantity) ?? 0,
  }
  if ('holding' in row) {
    const { averagePrice, lastPrice } = row.holding
    const ofTrades = { side: null, date: null, trade_id: null }
    return { ...named, ...ofTrades, price: exact(averagePrice), last_price: exact(lastPrice) }
  }
  const { side, date, price, tradeId } = row.trade
  return { ...named, side, date, price: exact(price), last_price: null, trade_id: tradeId }
}

function ignoredColumns({ names, columnOf }: Awaited<ReturnType<typeof openPortfolioFile>>['header']): string[] {
  const read = new Set(columnOf.values())
  return names.filter((name, place) => name !== '' && !read.has(place))
}

/** Answers a file that rejected rows keep out: the error body, whose details name the columns, and what a preview would have told. */
function answerRefused(reply: FastifyReply, figures: Omit<PortfolioImportReply, 'preview'>): FastifyReply {
  const details = figures.errors.map(({ line, column, reason, remedy }) => ({
    field: column ?? 'body',
    reason: `on line ${line} ${reason}. ${remedy}`,
  }))
  const [first] = details
  const { status, headers, body } = renderApiProblem(
    {
      code: 'invalid_parameter',
      message: `Nothing was imported: ${first?.field} ${first?.reason} To import the other rows, say rejected=skip.`,
      details,
      retryAfterS: null,
      requestId: reply.request.id,
    },
    figures,
  )
  return reply.code(status).headers(headers).send(body)
}
