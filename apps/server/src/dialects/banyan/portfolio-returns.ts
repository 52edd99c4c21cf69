import { MarketMode, named, ReturnsReply, UnexplainedShare } from '@banyan/contracts'
import { formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { MarketModule } from '../../modules/market/index.ts'
import type { Return, ReturnsReader } from '../../modules/portfolio/index.ts'
import { exact } from '../api/amounts.ts'
import { accountIdOf } from '../api/api-checks.ts'
import { toMarketMode } from '../api/provenance.ts'
import { addSchemas, responses, userErrors, writtenByHandler } from '../api/route-schema.ts'

export interface PortfolioReturnsParts {
  readonly readReturns: ReturnsReader
  readonly market: Pick<MarketModule, 'now' | 'status'>
}

/** GET /api/portfolio/returns (ours): what the money came to, as far as imported trades tell. */
export function addPortfolioReturns(app: FastifyInstance, { readReturns, market }: PortfolioReturnsParts): void {
  addSchemas(app, [MarketMode, ReturnsReply, UnexplainedShare])
  app.get('/api/portfolio/returns', {
    config: { credential: 'user', scope: 'portfolio:read', rateClass: 'api' },
    schema: {
      operationId: 'getReturns',
      summary: 'What the money came to, from imported trades',
      tags: ['portfolio'],
      response: responses({ 200: named(ReturnsReply) }, [...userErrors, 'insufficient_scope']),
    },
    serializerCompiler: writtenByHandler,
    async handler(request, reply) {
      const { since, moneyWeighted, timeWeighted, unexplained } = await readReturns(accountIdOf(request))
      reply.send({
        since,
        money_weighted_percent: percentOf(moneyWeighted),
        money_weighted_unknown: whyUnknown(moneyWeighted),
        time_weighted_percent: percentOf(timeWeighted),
        time_weighted_unknown: whyUnknown(timeWeighted),
        unexplained: unexplained.map(({ broker, brokerAccount, symbol, held, traded }) => ({
          broker,
          broker_account: brokerAccount,
          tradingsymbol: symbol,
          held: exact(held) ?? 0,
          traded: exact(traded) ?? 0,
        })),
        as_of_ist: formatIst(market.now()),
        market: toMarketMode(market.status()),
      } satisfies ReturnsReply)
    },
  })
}

function percentOf(told: Return): number | null {
  return 'pct' in told ? Math.round(told.pct * 100) / 100 : null
}

function whyUnknown(told: Return) {
  return 'pct' in told ? null : told.unknown
}
