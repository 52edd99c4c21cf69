import {
  BrokerConnectBody,
  BrokerParams,
  BrokerSyncBody,
  BrokerSyncReply,
  DeletedReply,
  named,
} from '@banyan/contracts'
import { BanyanError, type ErrorCode, formatIst } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { BookReport, GivenCredentials } from '../../modules/broker-sessions/index.ts'
import { sessionOf } from '../api/api-checks.ts'
import { atBroker, brokerSecret } from '../api/at-broker.ts'
import { needed, optionalField, readFields, textMatching } from '../api/fields.ts'
import { optional, readParameters, shortText } from '../api/parameters.ts'
import { responses } from '../api/route-schema.ts'
import { type BrokersParts, brokerErrors, brokerOf, brokerPath } from './brokers.ts'

const config = { credential: 'user', rateClass: 'api', leastRole: 'member' } as const
const tags = ['brokers']
const syncErrors: readonly ErrorCode[] = [
  ...brokerErrors,
  'sync_in_progress',
  'broker_rejected',
  'broker_unreachable',
  'broker_timeout',
  'broker_rate_limited',
]

/** POST and DELETE /api/brokers/{broker}/connect, POST …/sync (ours): a session at a broker kept in memory for further syncs. */
export function addBrokerConnect(app: FastifyInstance, { brokerSessions }: BrokersParts): void {
  app.post(`${brokerPath}/connect`, {
    config,
    schema: {
      operationId: 'connectBroker',
      summary: 'Sync with a fresh sign-in and stay connected',
      tags,
      params: BrokerParams,
      body: BrokerConnectBody,
      response: responses({ 200: named(BrokerSyncReply) }, syncErrors),
    },
    handler(request, reply) {
      const broker = brokerOf(request)
      const credentials = readCredentials(request.body, broker)
      return atBroker(reply, broker, brokerSessions.connect(sessionOf(request), broker, credentials).then(toReply))
    },
  })
  app.post(`${brokerPath}/sync`, {
    config,
    schema: {
      operationId: 'syncBroker',
      summary: 'Sync with the session that stayed connected',
      tags,
      params: BrokerParams,
      body: BrokerSyncBody,
      response: responses({ 200: named(BrokerSyncReply) }, [...syncErrors, 'broker_sign_in_required']),
    },
    handler(request, reply) {
      const broker = brokerOf(request)
      const { broker_account: account } = readFields(request.body, { broker_account: optionalField(accountName, null) })
      return atBroker(reply, broker, brokerSessions.sync(sessionOf(request).accountId, broker, account).then(toReply))
    },
  })
  app.delete(`${brokerPath}/connect`, {
    config,
    schema: {
      operationId: 'disconnectBroker',
      summary: 'End a session at a broker',
      tags,
      params: BrokerParams,
      response: responses({ 200: named(DeletedReply) }, brokerErrors),
    },
    async handler(request): Promise<DeletedReply> {
      const broker = brokerOf(request)
      const { account } = readParameters(request.query, { account: optional(shortText(64), null) })
      await brokerSessions.disconnect(sessionOf(request).accountId, broker, account)
      return { deleted: true }
    },
  })
}

const accountName = textMatching(/^[\x21-\x7e]{1,64}$/, 'must be the broker’s id of an account')

const given = {
  api_key: needed(brokerSecret),
  api_secret: needed(brokerSecret),
  request_token: optionalField(brokerSecret, null),
  api_session: optionalField(brokerSecret, null),
  claim: optionalField(textMatching(/^[\w-]{1,64}$/, 'must be the claim of a sign-in'), null),
}

function readCredentials(body: unknown, broker: string): GivenCredentials {
  const { api_key: apiKey, api_secret: apiSecret, request_token, api_session, claim } = readFields(body, given)
  const [field, code] = broker === 'icici' ? ['api_session', api_session] : ['request_token', request_token]
  if (code === null && claim === null) throw refusal(field, 'or claim is required')
  if (code !== null && claim !== null) throw refusal('claim', `and ${field} cannot both be given`)
  return { apiKey, apiSecret, code: code ?? { claim: claim ?? '' } }
}

function refusal(field: string, reason: string): BanyanError {
  return new BanyanError('invalid_parameter', { details: [{ field, reason }] })
}

function toReply(report: BookReport): BrokerSyncReply {
  return {
    broker: report.broker,
    broker_account: report.brokerAccount,
    holdings_count: report.holdings,
    net_positions_count: report.netPositions,
    day_positions_count: report.dayPositions,
    synced_at: formatIst(report.syncedAt),
    snapshot_date: report.snapshotDate,
    warnings: [...report.warnings],
  }
}
