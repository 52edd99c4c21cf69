import {
  type BrokerFailure,
  BrokerParams,
  BrokerSignInBody,
  BrokerSignInReply,
  BrokersReply,
  named,
} from '@banyan/contracts'
import { BanyanError, type ErrorCode, errorTable, formatIst } from '@banyan/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { BrokerLine, BrokerSessionsModule, SyncFailure } from '../../modules/broker-sessions/index.ts'
import { sessionOf } from '../api/api-checks.ts'
import { brokerSecret } from '../api/at-broker.ts'
import { needed, readFields } from '../api/fields.ts'
import { istOrNull } from '../api/ist-or-null.ts'
import { responses, userErrors } from '../api/route-schema.ts'

export interface BrokersParts {
  readonly brokerSessions: BrokerSessionsModule
}

/** What routes that use a broker may answer beside their own errors. */
export const brokerErrors: readonly ErrorCode[] = [
  ...userErrors,
  'insufficient_role',
  'cross_site_request',
  'invalid_parameter',
  'not_found',
  'provider_not_configured',
]

export const brokerPath = '/api/brokers/:broker(^[a-z]+)'

const ids = ['zerodha', 'icici', 'kotak', 'synapsewave'] as const
type BrokerId = (typeof ids)[number]

/** Returns the broker of a path. Throws `not_found` for one nobody knows. */
export function brokerOf(request: FastifyRequest): BrokerId {
  const { broker } = request.params as { readonly broker: string }
  const known = ids.find((id) => id === broker)
  if (known === undefined) throw new BanyanError('not_found')
  return known
}

/** GET /api/brokers and POST /api/brokers/{broker}/sign-in (ours): how things stand at each broker, and the way to its sign-in page. */
export function addBrokers(app: FastifyInstance, { brokerSessions }: BrokersParts): void {
  app.get('/api/brokers', {
    config: { credential: 'user', rateClass: 'api' },
    schema: {
      operationId: 'listBrokers',
      summary: 'How things stand at each broker',
      tags: ['brokers'],
      response: responses({ 200: named(BrokersReply) }, userErrors),
    },
    async handler(request): Promise<BrokersReply> {
      return { brokers: (await brokerSessions.board(sessionOf(request).accountId)).map(toLine) }
    },
  })
  app.post(`${brokerPath}/sign-in`, {
    config: { credential: 'user', rateClass: 'api', leastRole: 'member' },
    schema: {
      operationId: 'beginBrokerSignIn',
      summary: 'Begin to sign in at a broker',
      tags: ['brokers'],
      params: BrokerParams,
      body: BrokerSignInBody,
      response: responses({ 200: named(BrokerSignInReply) }, brokerErrors),
    },
    async handler(request): Promise<BrokerSignInReply> {
      const broker = brokerOf(request)
      const { api_key: apiKey } = readFields(request.body, { api_key: needed(brokerSecret) })
      const { url, expiresInS } = brokerSessions.beginSignIn(sessionOf(request), broker, apiKey.reveal())
      return { login_url: url, expires_in: expiresInS }
    },
  })
}

/** The sentence is the table's: what the broker said of it is told once, to who tried. */
function toFailure({ at, code }: SyncFailure): BrokerFailure {
  return { at: formatIst(at), code, message: errorTable[code].sentence }
}

function toLine(line: BrokerLine): BrokersReply['brokers'][number] {
  return {
    broker: line.broker,
    name: line.name,
    broker_account: line.brokerAccount,
    state: line.state,
    reason: line.reason,
    expires_at: istOrNull(line.expiresAt),
    last_success: istOrNull(line.lastSuccess),
    last_failure: line.lastFailure && toFailure(line.lastFailure),
    budget_left: line.budgetLeft,
    sign_in_url: line.signInUrl,
  }
}
