import {
  SynapsewaveDone,
  SynapsewaveMpinChange,
  SynapsewaveMpinRegister,
  SynapsewaveMpinReset,
} from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { needed, optionalField } from '../api/fields.ts'
import { originOf } from '../api/request-origin.ts'
import { addSchemas } from '../api/route-schema.ts'
import { creds, mpinOf, proof, readBody, udidText } from './body-fields.ts'
import { getApplication, sessionOf } from './synapsewave-checks.ts'
import { type SynapsewaveParts, userPath } from './synapsewave-parts.ts'
import { done, synapsewaveRoute } from './synapsewave-route.ts'

/** MPIN set in a session, changed by the old one, or set by OTP (synapsewave.md §6.3). */
export function addMpin(app: FastifyInstance, { identity, addresses }: SynapsewaveParts): void {
  addSchemas(app, [SynapsewaveDone])
  app.post(`${userPath}/mpin`, {
    ...synapsewaveRoute({
      operationId: 'synapsewaveRegisterMpin',
      summary: 'Set the MPIN, and trust a device',
      credential: 'session',
      body: SynapsewaveMpinRegister,
      reply: SynapsewaveDone,
      errors: ['unacceptable_secret'],
    }),
    async handler(request) {
      const body = readBody(request.body, { mpin: needed(mpinOf), mobile_udid: optionalField(udidText, null) })
      const given = { mpin: body.mpin, udid: body.mobile_udid }
      await identity.factors.setMpin(sessionOf(request), given, originOf(request, 'synapsewave', addresses))
      return done('MPIN/Fingerprint Registered Successfully.')
    },
  })
  app.put(`${userPath}/mpin`, {
    ...synapsewaveRoute({
      operationId: 'synapsewaveChangeMpin',
      summary: 'Change the MPIN',
      credential: 'key',
      body: SynapsewaveMpinChange,
      reply: SynapsewaveDone,
      errors: ['invalid_credentials', 'too_many_attempts', 'unacceptable_secret'],
    }),
    async handler(request) {
      const body = readBody(request.body, { ...creds, old_mpin: needed(mpinOf), new_mpin: needed(mpinOf) })
      await getApplication(request, body.api_key, identity.credentials)
      const given = { clientCode: body.user_id, current: body.old_mpin, next: body.new_mpin }
      await identity.factors.changeMpin(given, originOf(request, 'synapsewave', addresses))
      return done('MPIN changed successfully.')
    },
  })
  app.post(`${userPath}/mpin/reset/verify-otp`, {
    ...synapsewaveRoute({
      operationId: 'synapsewaveResetMpin',
      summary: 'Set a forgotten MPIN and register a device',
      credential: 'key',
      body: SynapsewaveMpinReset,
      reply: SynapsewaveDone,
      errors: ['unacceptable_secret', 'invalid_code_token', 'invalid_code', 'code_expired', 'too_many_attempts'],
    }),
    async handler(request) {
      const shape = { ...creds, mpin: needed(mpinOf), mobile_udid: needed(udidText), otp: proof }
      const body = readBody(request.body, shape)
      const application = await getApplication(request, body.api_key, identity.credentials)
      const { user_id: clientCode, otp, mpin, mobile_udid: udid } = body
      const given = { application, clientCode, proof: otp, mpin, udid }
      await identity.factors.setMpinByCode(given, originOf(request, 'synapsewave', addresses))
      return done('MPIN& Fingerprint Set Successfully')
    },
  })
}
