import { named, PortfolioDeletedReply } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { sessionOf } from '../api/api-checks.ts'
import { addSchemas, responses, userErrors } from '../api/route-schema.ts'
import type { PortfolioParts } from './portfolio-parts.ts'

/** DELETE /api/portfolio (stocktrendz.md §6.6): erases what was synced or imported, for good; the journal stays. */
export function addPortfolioDelete(app: FastifyInstance, { portfolio }: PortfolioParts): void {
  addSchemas(app, [PortfolioDeletedReply])
  app.delete('/api/portfolio', {
    config: { credential: 'user', rateClass: 'api', leastRole: 'member' },
    schema: {
      operationId: 'deletePortfolio',
      summary: 'Erase holdings, positions, P&L snapshots and imported trades',
      tags: ['portfolio'],
      response: responses({ 200: named(PortfolioDeletedReply) }, [
        ...userErrors,
        'insufficient_role',
        'cross_site_request',
      ]),
    },
    async handler(request): Promise<PortfolioDeletedReply> {
      const { holdings, positions, pnlSnapshots, trades } = await portfolio.remove(sessionOf(request).accountId)
      return { deleted: { holdings, positions, pnl_snapshots: pnlSnapshots, trades } }
    },
  })
}
