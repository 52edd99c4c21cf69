import { IciciSyncBody, IciciSyncReply, named, ZerodhaSyncBody, ZerodhaSyncReply } from '@banyan/contracts'
import { BanyanError, type ErrorCode, formatIst, type Secret } from '@banyan/domain'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { SyncReport } from '../../modules/portfolio/index.ts'
import { sessionOf } from '../api/api-checks.ts'
import { atBroker, brokerSecret } from '../api/at-broker.ts'
import { needed, readFields } from '../api/fields.ts'
import { responses, userErrors } from '../api/route-schema.ts'
import type { PortfolioParts } from './portfolio-parts.ts'

const config = { credential: 'user', rateClass: 'api', leastRole: 'member' } as const
const tags = ['portfolio']
const errors: readonly ErrorCode[] = [
  ...userErrors,
  'insufficient_role',
  'cross_site_request',
  'invalid_parameter',
  'sync_in_progress',
  'provider_not_configured',
  'broker_rejected',
  'broker_unreachable',
  'broker_timeout',
  'broker_rate_limited',
]
const app = { api_key: needed(brokerSecret), api_secret: needed(brokerSecret) }

/** POST /api/portfolio/sync and /api/portfolio/icici-sync (stocktrendz.md §6.1, §6.2): the credentials live for the call. */
export function addPortfolioSync(server: FastifyInstance, parts: PortfolioParts): void {
  server.post('/api/portfolio/sync', {
    config,
    schema: {
      operationId: 'syncZerodha',
      summary: 'Read the book at Zerodha',
      tags,
      body: ZerodhaSyncBody,
      response: responses({ 200: named(ZerodhaSyncReply) }, errors),
    },
    handler(request, reply) {
      const given = readFields(request.body, { ...app, request_token: needed(brokerSecret) })
      const credentials = { apiKey: given.api_key, apiSecret: given.api_secret, code: given.request_token }
      return sync(
        parts,
        reply,
        { broker: 'zerodha', accountId: sessionOf(request).accountId, credentials },
        toZerodhaReply,
      )
    },
  })
  server.post('/api/portfolio/icici-sync', {
    config,
    schema: {
      operationId: 'syncIcici',
      summary: 'Read the book at ICICI Direct',
      tags,
      body: IciciSyncBody,
      response: responses({ 200: named(IciciSyncReply) }, errors),
    },
    handler(request, reply) {
      const given = readFields(request.body, { ...app, api_session: needed(brokerSecret) })
      const credentials = { apiKey: given.api_key, apiSecret: given.api_secret, code: given.api_session }
      return sync(parts, reply, { broker: 'icici', accountId: sessionOf(request).accountId, credentials }, toIciciReply)
    },
  })
}

async function sync<Reply>(
  { portfolio, brokers }: PortfolioParts,
  reply: FastifyReply,
  asked: {
    readonly broker: 'zerodha' | 'icici'
    readonly accountId: number
    readonly credentials: { readonly apiKey: Secret; readonly apiSecret: Secret; readonly code: Secret }
  },
  toReply: (report: SyncReport) => Reply,
): Promise<Reply | FastifyReply> {
  const broker = brokers.find(({ id }) => id === asked.broker)
  if (!broker) throw new BanyanError('provider_not_configured')
  const syncing = portfolio.sync(asked.accountId, broker, (signal) => broker.open(asked.credentials, signal))
  return atBroker(reply, asked.broker, syncing.then(toReply))
}

function toZerodhaReply({ book, warnings }: SyncReport): ZerodhaSyncReply {
  const open = book.positions.filter(({ quantity }) => !quantity.eq(0))
  const countOf = (type: 'net' | 'day') => open.filter((position) => position.type === type).length
  const counts = { net_positions_count: countOf('net'), day_positions_count: countOf('day') }
  return { holdings_count: book.holdings.length, ...counts, ...shared({ book, warnings }) }
}

function toIciciReply({ book, warnings }: SyncReport): IciciSyncReply {
  const open = book.positions.filter(({ quantity }) => !quantity.eq(0))
  return { holdings_count: book.holdings.length, positions_count: open.length, ...shared({ book, warnings }) }
}

function shared({ book, warnings }: SyncReport) {
  const { broker, syncedAt, tradingDay } = book
  return { broker, synced_at: formatIst(syncedAt), snapshot_date: tradingDay, warnings: [...warnings] }
}
