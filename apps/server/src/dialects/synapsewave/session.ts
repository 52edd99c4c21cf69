import {
  SynapsewaveDone,
  type SynapsewaveProfile,
  SynapsewaveProfileReply,
  SynapsewaveTextReply,
} from '@banyan/contracts'
import { BanyanError } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { AccountView } from '../../modules/identity/index.ts'
import { originOf } from '../api/request-origin.ts'
import { addSchemas } from '../api/route-schema.ts'
import { sessionOf } from './synapsewave-checks.ts'
import { type SynapsewaveParts, userPath } from './synapsewave-parts.ts'
import { done, synapsewaveRoute, withData } from './synapsewave-route.ts'

/** Logout, validate and profile (synapsewave.md §6.1). */
export function addSession(app: FastifyInstance, { identity, addresses }: SynapsewaveParts): void {
  addSchemas(app, [SynapsewaveDone, SynapsewaveTextReply, SynapsewaveProfileReply])
  app.delete(`${userPath}/session`, {
    ...synapsewaveRoute({
      operationId: 'synapsewaveLogout',
      summary: 'End the session',
      credential: 'session',
      reply: SynapsewaveDone,
    }),
    async handler(request) {
      const ended = await identity.sessions.end(sessionOf(request), originOf(request, 'synapsewave', addresses))
      if (!ended) throw new BanyanError('session_revoked')
      return done('Successfully Logged Out')
    },
  })
  app.put(`${userPath}/session`, {
    ...synapsewaveRoute({
      operationId: 'synapsewaveValidate',
      summary: 'Tell that the session lives',
      credential: 'session',
      reply: SynapsewaveTextReply,
    }),
    handler: async () => withData('Session Verified', 'true'),
  })
  app.get(`${userPath}/profile`, {
    ...synapsewaveRoute({
      operationId: 'synapsewaveProfile',
      summary: 'Profile of the account',
      credential: 'session',
      reply: SynapsewaveProfileReply,
    }),
    async handler(request) {
      const account = await identity.accounts.view(sessionOf(request).accountId)
      return withData('User profile fetched successfully', toProfile(account))
    },
  })
}

/** What an account has no data for is "" or []. */
function toProfile(account: AccountView): SynapsewaveProfile {
  return {
    user_name: account.name ?? '',
    email: account.email,
    mobile_no: toMobileNumber(account.mobile),
    pan: '',
    address: '',
    mpin_enabled: account.hasMpin,
    fingerprint_enabled: account.hasDevice,
    dob: '',
    gender: '',
    bank_details: [],
    dp_details: [],
    mf_details: [],
  }
}

/** Indian numbers are shown without their country code; others as they are. */
function toMobileNumber(mobile: string | null): string {
  return /^\+91(\d{10})$/.exec(mobile ?? '')?.[1] ?? mobile ?? ''
}
