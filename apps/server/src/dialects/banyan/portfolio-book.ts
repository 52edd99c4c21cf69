import { BookGroup, BookOfBroker, BookReply, BookRow, MarketMode, named } from '@banyan/contracts'
import { type Clock, formatIst, roundDecimal, toNumber } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import type {
  BookOfPart,
  BookTotals,
  LiveBookReader,
  BookGroup as ValuedGroup,
  BookRow as ValuedRow,
} from '../../modules/portfolio/index.ts'
import { exact, money } from '../api/amounts.ts'
import { accountIdOf } from '../api/api-checks.ts'
import { toAgeMs, toMarketMode } from '../api/provenance.ts'
import { addSchemas, responses, userErrors, writtenByHandler } from '../api/route-schema.ts'

export interface PortfolioBookParts {
  readonly readLiveBook: LiveBookReader
  readonly market: Pick<MarketModule, 'now' | 'status'>
  readonly instruments: Pick<InstrumentsModule, 'find'>
  /** The wall clock. */
  readonly clock: Clock
}

/** GET /api/portfolio/book (ours): one book over all brokers at the prices of now. */
export function addPortfolioBook(app: FastifyInstance, parts: PortfolioBookParts): void {
  addSchemas(app, [BookGroup, BookOfBroker, BookReply, BookRow, MarketMode])
  app.get('/api/portfolio/book', {
    config: { credential: 'user', scope: 'portfolio:read', rateClass: 'api' },
    schema: {
      operationId: 'getBook',
      summary: 'Everything at every broker, at the prices of now',
      tags: ['portfolio'],
      response: responses({ 200: named(BookReply) }, [...userErrors, 'insufficient_scope']),
    },
    serializerCompiler: writtenByHandler,
    async handler(request, reply) {
      const { totals, groups, parts: brokers } = await parts.readLiveBook(accountIdOf(request))
      reply.send({
        totals: toSums(totals),
        groups: groups.map((group) => toGroup(group, parts)),
        brokers: brokers.map(toBroker),
        as_of_ist: formatIst(parts.market.now()),
        market: toMarketMode(parts.market.status()),
      } satisfies BookReply)
    },
  })
}

function toSums({ invested, value, pnl, dayChange, unpriced, unknownCost, delay }: BookTotals) {
  const isWhole = unpriced === 0 && unknownCost === 0 && invested !== null && pnl !== null && !invested.eq(0)
  return {
    invested: money(invested),
    current_value: money(value),
    pnl: money(pnl),
    pnl_percent: isWhole ? toNumber(roundDecimal(pnl.times(100).div(invested), 2), 2) : null,
    day_change: money(dayChange),
    unpriced_count: unpriced,
    unknown_cost_count: unknownCost,
    delay,
  }
}

function toGroup(group: ValuedGroup, parts: PortfolioBookParts): BookGroup {
  const { key, isin, instrument, symbol, quantity, totals, rows } = group
  const listed = instrument === null ? null : parts.instruments.find(instrument)
  return {
    key,
    isin,
    instrument,
    symbol,
    name: listed?.name ?? null,
    sector: listed?.sector ?? null,
    quantity: exact(quantity) ?? 0,
    ...toSums(totals),
    rows: rows.map((row) => toRow(row, parts)),
  }
}

function toRow(row: ValuedRow, parts: PortfolioBookParts): BookRow {
  const { part, price } = row
  return {
    kind: row.kind,
    broker: part.broker,
    broker_account: part.brokerAccount,
    instrument: row.instrument,
    tradingsymbol: row.symbol,
    product: row.product,
    quantity: exact(row.quantity) ?? 0,
    average_price: exact(row.averagePrice),
    last_price: exact(price?.last ?? null),
    prev_close: exact(price?.prevClose ?? null),
    price_from: price?.from ?? null,
    owned: row.isOwned,
    invested: money(row.invested),
    current_value: money(row.value),
    pnl: money(row.pnl),
    day_change: money(row.dayChange),
    suspect: row.isSuspect,
    adjusted_for: row.adjustedFor.map(({ exDate, factor, kind }) => ({ ex_date: exDate, factor, kind })),
    ...toProvenance(price, parts),
  }
}

/** A market's price ages on the market clock, a broker's on the wall. */
function toProvenance(price: ValuedRow['price'], { market, clock }: PortfolioBookParts) {
  if (price === null) return { source: null, as_of: null, age_ms: null, delay: null }
  const { source, asOf, delay, from } = price
  const ageMs = toAgeMs(from === 'market' ? market.now() : clock.now(), asOf)
  return { source, as_of: formatIst(asOf), age_ms: ageMs, delay }
}

function toBroker({ part, isStale, totals, rowCount }: BookOfPart): BookOfBroker {
  const { broker, brokerAccount, syncedAt } = part
  const read = { synced_at: formatIst(syncedAt), stale: isStale, row_count: rowCount }
  return { broker, broker_account: brokerAccount, ...read, ...toSums(totals) }
}
