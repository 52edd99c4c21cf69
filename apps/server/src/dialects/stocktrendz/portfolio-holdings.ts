import { Holding, HoldingsReply, named } from '@banyan/contracts'
import { formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import { type BrokerHolding, figuresOf, latestSync, type StoredBook, summarise } from '../../modules/portfolio/index.ts'
import { exact, money } from '../api/amounts.ts'
import { accountIdOf } from '../api/api-checks.ts'
import { brokerProvenance } from '../api/broker-provenance.ts'
import { istOrNull } from '../api/ist-or-null.ts'
import { addSchemas, responses, userErrors } from '../api/route-schema.ts'
import type { PortfolioParts } from './portfolio-parts.ts'

/** GET /api/portfolio/holdings (stocktrendz.md §6.3): as the brokers gave them, nothing is priced anew. */
export function addPortfolioHoldings(app: FastifyInstance, parts: PortfolioParts): void {
  addSchemas(app, [Holding, HoldingsReply])
  app.get('/api/portfolio/holdings', {
    config: { credential: 'user', scope: 'portfolio:read', rateClass: 'api' },
    schema: {
      operationId: 'listHoldings',
      summary: 'Holdings of the last sync of each broker',
      tags: ['portfolio'],
      response: responses({ 200: named(HoldingsReply) }, [...userErrors, 'insufficient_scope']),
    },
    async handler(request): Promise<HoldingsReply> {
      const books = await parts.portfolio.books(accountIdOf(request))
      return {
        holdings: inOrder(books).map(({ book, holding }) => toHolding(book, holding, parts)),
        summary: toSummary(books),
        brokers: toBrokers(books),
        synced_at: istOrNull(latestSync(books)),
      }
    },
  })
}

/** By broker, then symbol, whichever account at the broker they are in. */
function inOrder(books: readonly StoredBook[]) {
  const rows = books.flatMap((book) => book.holdings.map((holding) => ({ book, holding })))
  return rows.sort((a, b) => compare(a.book.broker, b.book.broker) || compare(a.holding.symbol, b.holding.symbol))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function toHolding(book: StoredBook, holding: BrokerHolding, parts: PortfolioParts): Holding {
  const { broker, brokerAccount, source, syncedAt } = book
  const { exchange, symbol, lastPrice } = holding
  const told = source === 'csv' ? 'csv' : broker
  const figures = figuresOf(holding)
  return {
    broker,
    broker_account: brokerAccount,
    instrument: `${exchange}:${symbol}`,
    tradingsymbol: symbol,
    exchange,
    isin: holding.isin,
    mapped: holding.mapped,
    product: holding.product,
    quantity: exact(holding.quantity) ?? 0,
    t1_quantity: exact(holding.t1Quantity),
    average_price: exact(holding.averagePrice),
    last_price: exact(lastPrice),
    close_price: exact(holding.closePrice),
    invested: money(figures.invested),
    current_value: money(figures.currentValue),
    pnl: money(figures.pnl),
    pnl_percent: money(figures.pnlPct),
    day_change: money(figures.dayChange),
    day_change_percent: money(figures.dayChangePct),
    ...brokerProvenance({ broker: told, syncedAt, exchange, hasPrice: lastPrice !== null }, parts),
  }
}

function toSummary(books: readonly StoredBook[]): HoldingsReply['summary'] {
  const summary = summarise(books.flatMap(({ holdings }) => holdings))
  return {
    invested: money(summary.invested),
    current_value: money(summary.currentValue),
    total_pnl: money(summary.pnl),
    total_pnl_percent: money(summary.pnlPct),
    day_pnl: money(summary.dayPnl),
    unpriced_count: summary.unpricedCount,
  }
}

/** One line per broker, however many accounts one has there. */
function toBrokers(books: readonly StoredBook[]): HoldingsReply['brokers'] {
  return [...Map.groupBy(books, ({ broker }) => broker)].map(([broker, own]) => ({
    broker,
    synced_at: formatIst(latestSync(own) ?? Number.NaN),
    holdings_count: own.reduce((count, { holdings }) => count + holdings.length, 0),
  }))
}
