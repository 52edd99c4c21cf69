import {
  type SynapsewaveError,
  SynapsewaveFingerprintError,
  SynapsewaveFingerprintReply,
  SynapsewaveFingerprintSet,
  SynapsewaveTenant,
} from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { needed, readFields, textMatching, textOf, wordOf } from '../api/fields.ts'
import { originOf } from '../api/request-origin.ts'
import { addSchemas } from '../api/route-schema.ts'
import { creds, proof, readBody, udidText } from './body-fields.ts'
import { getApplication } from './synapsewave-checks.ts'
import type { SynapsewaveParts } from './synapsewave-parts.ts'
import { synapsewaveRoute } from './synapsewave-route.ts'

const tenant = { tenantid: needed(textMatching(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -')) }
const shape = {
  ...creds,
  group_Id: needed(textOf(1, 32)),
  type: needed(wordOf(['SET_FINGERPRINT'])),
  udid: needed(udidText),
  otp: proof,
}

/** POST /interactive/authentication/{tenantid}/v1/setMPIN (synapsewave.md §6.3): registers a device by OTP, in an envelope of its own. */
export function addFingerprint(app: FastifyInstance, { identity, addresses }: SynapsewaveParts): void {
  addSchemas(app, [SynapsewaveFingerprintReply, SynapsewaveFingerprintError])
  app.post('/interactive/authentication/:tenantid/v1/setMPIN', {
    ...synapsewaveRoute({
      operationId: 'synapsewaveSetFingerprint',
      summary: 'Register a device',
      credential: 'key',
      params: SynapsewaveTenant,
      body: SynapsewaveFingerprintSet,
      reply: SynapsewaveFingerprintReply,
      errors: ['invalid_code_token', 'invalid_code', 'code_expired', 'too_many_attempts'],
      errorReply: SynapsewaveFingerprintError,
    }),
    onSend: async (_request, reply, payload) => (reply.statusCode < 400 ? payload : toOwnEnvelope(String(payload))),
    async handler(request) {
      readFields(request.params, tenant)
      const body = readBody(request.body, shape)
      const application = await getApplication(request, body.api_key, identity.credentials)
      const given = { application, clientCode: body.user_id, proof: body.otp, udid: body.udid }
      await identity.factors.registerDeviceByCode(given, originOf(request, 'synapsewave', addresses))
      return { status: true, result: [{ message: 'Fingerprint set successfully' }] }
    },
  })
}

/** Failures come here as all others do, rendered and logged; only their envelope differs. */
function toOwnEnvelope(payload: string): string {
  const { message, errors }: SynapsewaveError = JSON.parse(payload)
  return JSON.stringify({ status: false, result: [{ message, errors }] } satisfies SynapsewaveFingerprintError)
}
