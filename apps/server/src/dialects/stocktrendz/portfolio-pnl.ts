import { named, PnlQuery, PnlReply } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import type { PnlSnapshot } from '../../modules/portfolio/index.ts'
import { money } from '../api/amounts.ts'
import { accountIdOf } from '../api/api-checks.ts'
import { istOrNull } from '../api/ist-or-null.ts'
import { optional, type Parsed, readParameters } from '../api/parameters.ts'
import { addSchemas, readByHandler, responses, userErrors } from '../api/route-schema.ts'
import type { PortfolioParts } from './portfolio-parts.ts'

const mostDays = 365
const query = { days: optional(daysOf, 30) }

/** GET /api/portfolio/pnl (stocktrendz.md §6.5): what the books come to, and what they came to on the days before. */
export function addPortfolioPnl(app: FastifyInstance, { portfolio }: PortfolioParts): void {
  addSchemas(app, [PnlReply])
  app.get('/api/portfolio/pnl', {
    config: { credential: 'user', scope: 'portfolio:read', rateClass: 'api' },
    schema: {
      operationId: 'getPnl',
      summary: 'Profit and loss, and its trend',
      tags: ['portfolio'],
      querystring: PnlQuery,
      response: responses({ 200: named(PnlReply) }, [...userErrors, 'insufficient_scope', 'invalid_parameter']),
    },
    validatorCompiler: readByHandler,
    async handler(request): Promise<PnlReply> {
      const { days } = readParameters(request.query, query)
      const { from, to, current, syncedAt, trend } = await portfolio.pnl(accountIdOf(request), days)
      return {
        days,
        from,
        to,
        ...toFigures(current),
        synced_at: istOrNull(syncedAt),
        trend: trend.map((one) => ({ date: one.date, ...toFigures(one), stale_brokers: [...one.staleBrokers] })),
      }
    },
  })
}

/** ASCII digits alone; more days than are told mean as many as are told. */
function daysOf(text: string): Parsed<number> {
  const isWhole = /^[0-9]{1,1000}$/.test(text) && !/^0+$/.test(text)
  return isWhole ? { value: Math.min(Number(text), mostDays) } : { reason: 'must be a whole number from 1' }
}

function toFigures(snapshot: PnlSnapshot | null) {
  return {
    invested: money(snapshot?.invested ?? null),
    current_value: money(snapshot?.currentValue ?? null),
    holdings_pnl: money(snapshot?.holdingsPnl ?? null),
    positions_pnl: money(snapshot?.positionsPnl ?? null),
    total_pnl: money(snapshot?.totalPnl ?? null),
    day_pnl: money(snapshot?.dayPnl ?? null),
    unpriced_count: snapshot?.unpricedCount ?? 0,
  }
}
