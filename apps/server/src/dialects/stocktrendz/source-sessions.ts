import {
  ActivatedReply,
  IciciActivateBody,
  IciciStatus,
  named,
  ZerodhaActivateBody,
  ZerodhaStatus,
} from '@banyan/contracts'
import { type ErrorCode, formatIst, type Secret } from '@banyan/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AdminGate, SourceSession } from '../../modules/source-sessions/index.ts'
import { atBroker, brokerSecret } from '../api/at-broker.ts'
import { needed, readFields } from '../api/fields.ts'
import { istOrNull } from '../api/ist-or-null.ts'
import type { Addresses } from '../api/request-origin.ts'
import { responses } from '../api/route-schema.ts'

interface Source {
  readonly session: SourceSession<unknown>
  readonly gate: AdminGate
}

export interface SourceSessionsParts {
  readonly addresses: Addresses
  readonly zerodhaSource: Source
  readonly iciciSource: Source
}

const tags = ['server']
const statusConfig = { credential: 'none', rateClass: 'api', cors: 'public' } as const
const activateConfig = { credential: 'none', rateClass: 'api' } as const
const activateErrors: readonly ErrorCode[] = [
  'admin_secret_not_configured',
  'admin_secret_invalid',
  'too_many_attempts',
  'invalid_parameter',
  'provider_not_configured',
  'broker_rejected',
  'broker_unreachable',
  'broker_timeout',
  'broker_rate_limited',
]

/** GET /api/zerodha/status, /api/icici/status; POST /api/icici/activate (stocktrendz.md §7) and, likewise, /api/zerodha/activate (ours). */
export function addSourceSessions(app: FastifyInstance, parts: SourceSessionsParts): void {
  addZerodha(app, parts)
  addIcici(app, parts)
}

function addZerodha(app: FastifyInstance, { zerodhaSource, addresses }: SourceSessionsParts): void {
  app.get('/api/zerodha/status', {
    config: statusConfig,
    schema: {
      operationId: 'getZerodhaStatus',
      summary: 'Whether the server’s Zerodha session is valid, and until when',
      tags,
      response: responses({ 200: named(ZerodhaStatus) }),
    },
    async handler(): Promise<ZerodhaStatus> {
      const { configured, valid, expiresAt, checkedAt } = zerodhaSource.session.status()
      return { configured, valid, expires_at: istOrNull(expiresAt), checked_at: istOrNull(checkedAt) }
    },
  })
  app.post('/api/zerodha/activate', {
    config: activateConfig,
    schema: {
      operationId: 'activateZerodha',
      summary: 'Start the server’s Zerodha session',
      tags,
      body: ZerodhaActivateBody,
      response: responses({ 200: named(ActivatedReply) }, activateErrors),
    },
    handler: (request, reply) =>
      activate(request, reply, { source: zerodhaSource, addresses, broker: 'zerodha', field: 'request_token' }),
  })
}

function addIcici(app: FastifyInstance, { iciciSource, addresses }: SourceSessionsParts): void {
  app.get('/api/icici/status', {
    config: statusConfig,
    schema: {
      operationId: 'getIciciStatus',
      summary: 'Whether the server’s ICICI session is valid',
      tags,
      response: responses({ 200: named(IciciStatus) }),
    },
    async handler(): Promise<IciciStatus> {
      const { configured, valid, activatedAt, checkedAt } = iciciSource.session.status()
      return { configured, valid, activated_at: istOrNull(activatedAt), checked_at: istOrNull(checkedAt) }
    },
  })
  app.post('/api/icici/activate', {
    config: activateConfig,
    schema: {
      operationId: 'activateIcici',
      summary: 'Start the server’s ICICI session',
      tags,
      body: IciciActivateBody,
      response: responses({ 200: named(ActivatedReply) }, activateErrors),
    },
    handler: (request, reply) =>
      activate(request, reply, { source: iciciSource, addresses, broker: 'icici', field: 'api_session' }),
  })
}

/** The secret is looked at before anything else of the body: who does not know it learns nothing. */
async function activate(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: { readonly source: Source; readonly addresses: Addresses; readonly broker: string; readonly field: string },
): Promise<ActivatedReply | FastifyReply> {
  const { source, addresses, broker, field } = asked
  source.gate.check(addresses.of(request.raw), secretOf(request.body))
  const { [field]: code } = readFields(request.body, { [field]: needed(brokerSecret) })
  const activated = await atBroker(reply, broker, source.session.activate(code as Secret))
  if (!('activatedAt' in activated)) return activated
  return { valid: true, activated_at: formatIst(activated.activatedAt ?? Number.NaN) }
}

function secretOf(body: unknown): string | null {
  const { secret } = (body ?? {}) as { readonly secret?: unknown }
  return typeof secret === 'string' ? secret : null
}
