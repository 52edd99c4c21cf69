import { named, Position, PositionsQuery, PositionsReply } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { type BrokerPosition, latestSync, type StoredBook } from '../../modules/portfolio/index.ts'
import { exact, money } from '../api/amounts.ts'
import { accountIdOf } from '../api/api-checks.ts'
import { brokerProvenance } from '../api/broker-provenance.ts'
import { istOrNull } from '../api/ist-or-null.ts'
import { oneOf, optional, readParameters } from '../api/parameters.ts'
import { addSchemas, readByHandler, responses, userErrors } from '../api/route-schema.ts'
import type { PortfolioParts } from './portfolio-parts.ts'

const query = { type: optional(oneOf(['day', 'net']), null) }

/** GET /api/portfolio/positions (stocktrendz.md §6.4): open ones; those closed are kept for the P&L alone. */
export function addPortfolioPositions(app: FastifyInstance, parts: PortfolioParts): void {
  addSchemas(app, [Position, PositionsReply])
  app.get('/api/portfolio/positions', {
    config: { credential: 'user', scope: 'portfolio:read', rateClass: 'api' },
    schema: {
      operationId: 'listPositions',
      summary: 'Open positions of the last sync of each broker',
      tags: ['portfolio'],
      querystring: PositionsQuery,
      response: responses({ 200: named(PositionsReply) }, [...userErrors, 'insufficient_scope', 'invalid_parameter']),
    },
    validatorCompiler: readByHandler,
    async handler(request): Promise<PositionsReply> {
      const { type } = readParameters(request.query, query)
      const books = await parts.portfolio.books(accountIdOf(request))
      const isAsked = (position: BrokerPosition) =>
        !position.quantity.eq(0) && (type === null || position.type === type)
      const rows = books.flatMap((book) => book.positions.filter(isAsked).map((one) => toPosition(book, one, parts)))
      return { positions: rows, synced_at: istOrNull(latestSync(books)) }
    },
  })
}

function toPosition(book: StoredBook, position: BrokerPosition, parts: PortfolioParts): Position {
  const { broker, brokerAccount, syncedAt } = book
  const { exchange, symbol, lastPrice } = position
  return {
    type: position.type,
    broker,
    broker_account: brokerAccount,
    instrument: `${exchange}:${symbol}`,
    tradingsymbol: symbol,
    exchange,
    product: position.product,
    quantity: exact(position.quantity) ?? 0,
    overnight_quantity: exact(position.overnightQuantity),
    multiplier: exact(position.multiplier) ?? 1,
    average_price: exact(position.averagePrice),
    last_price: exact(lastPrice),
    close_price: exact(position.closePrice),
    pnl: money(position.pnl),
    m2m: money(position.m2m),
    unrealised: money(position.unrealised),
    realised: money(position.realised),
    ...brokerProvenance({ broker, syncedAt, exchange, hasPrice: lastPrice !== null }, parts),
  }
}
