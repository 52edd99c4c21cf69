import { DismissedReply, IdParams, type JournalDraft, JournalDraftsReply, named } from '@banyan/contracts'
import { type Decimal, toNumber } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { Draft, JournalModule } from '../../modules/journal/index.ts'
import { idOf, idPath } from '../api/account-fields.ts'
import { accountIdOf } from '../api/api-checks.ts'
import { responses, userErrors } from '../api/route-schema.ts'

/** GET /api/journal/drafts and POST /api/journal/drafts/{id}/dismiss (ours): trades of synced brokers that may become entries. */
export function addJournalDrafts(app: FastifyInstance, { journal }: { readonly journal: JournalModule }): void {
  app.get('/api/journal/drafts', {
    config: { credential: 'user', rateClass: 'api' },
    schema: {
      operationId: 'listJournalDrafts',
      summary: 'Trades of the last 30 days at synced brokers, to be written down',
      tags: ['journal'],
      response: responses({ 200: named(JournalDraftsReply) }, userErrors),
    },
    async handler(request): Promise<JournalDraftsReply> {
      return { drafts: (await journal.drafts(accountIdOf(request))).map(toDraft) }
    },
  })
  app.post(`/api/journal/drafts/${idPath}/dismiss`, {
    config: { credential: 'user', rateClass: 'api', leastRole: 'member' },
    schema: {
      operationId: 'dismissJournalDraft',
      summary: 'Offer a draft no more',
      tags: ['journal'],
      params: IdParams,
      response: responses({ 200: named(DismissedReply) }, [
        ...userErrors,
        'insufficient_role',
        'cross_site_request',
        'invalid_parameter',
        'not_found',
      ]),
    },
    async handler(request): Promise<DismissedReply> {
      await journal.dismissDraft(accountIdOf(request), idOf(request.params))
      return { dismissed: true }
    },
  })
}

function toDraft({ id, date, broker, brokerAccount, product, symbol, side, ...figures }: Draft): JournalDraft {
  return {
    id,
    date,
    broker,
    broker_account: brokerAccount,
    product,
    symbol,
    side,
    quantity: numberOf(figures.quantity, 4),
    price: numberOf(figures.price, 4),
    realised: numberOf(figures.realised, 2),
  }
}

function numberOf(value: Decimal | null, places: number): number | null {
  return value && toNumber(value, places)
}
