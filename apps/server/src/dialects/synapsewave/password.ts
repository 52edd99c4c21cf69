import { SynapsewaveDone, SynapsewavePasswordChange, SynapsewavePasswordReset } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { needed } from '../api/fields.ts'
import { originOf } from '../api/request-origin.ts'
import { addSchemas } from '../api/route-schema.ts'
import { creds, newPasswordOf, passwordText, proof, readBody } from './body-fields.ts'
import { getApplication } from './synapsewave-checks.ts'
import { type SynapsewaveParts, userPath } from './synapsewave-parts.ts'
import { done, synapsewaveRoute } from './synapsewave-route.ts'

/** A new password by OTP or by the old one (synapsewave.md §6.3). Both end every session. */
export function addPassword(app: FastifyInstance, { identity, addresses }: SynapsewaveParts): void {
  addSchemas(app, [SynapsewaveDone])
  app.put(`${userPath}/password/reset`, {
    ...synapsewaveRoute({
      operationId: 'synapsewaveResetPassword',
      summary: 'Set a forgotten password',
      credential: 'key',
      body: SynapsewavePasswordReset,
      reply: SynapsewaveDone,
      errors: ['unacceptable_secret', 'invalid_code_token', 'invalid_code', 'code_expired', 'too_many_attempts'],
    }),
    async handler(request) {
      const body = readBody(request.body, { ...creds, new_password: needed(newPasswordOf), otp: proof })
      const application = await getApplication(request, body.api_key, identity.credentials)
      const given = { application, clientCode: body.user_id, proof: body.otp, next: body.new_password }
      await identity.passwords.resetByCode(given, originOf(request, 'synapsewave', addresses))
      return done('Password changed Successfully')
    },
  })
  app.put(`${userPath}/password`, {
    ...synapsewaveRoute({
      operationId: 'synapsewaveChangePassword',
      summary: 'Change the password',
      credential: 'key',
      body: SynapsewavePasswordChange,
      reply: SynapsewaveDone,
      errors: ['invalid_credentials', 'too_many_attempts', 'unacceptable_secret'],
    }),
    async handler(request) {
      const shape = { ...creds, old_password: needed(passwordText), new_password: needed(newPasswordOf) }
      const body = readBody(request.body, shape)
      await getApplication(request, body.api_key, identity.credentials)
      const given = { clientCode: body.user_id, current: body.old_password, next: body.new_password }
      await identity.passwords.changeByName(given, originOf(request, 'synapsewave', addresses))
      return done('Password changed successfully.')
    },
  })
}
