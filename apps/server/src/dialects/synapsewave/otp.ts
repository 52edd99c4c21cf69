import {
  SynapsewaveCreds,
  SynapsewaveDone,
  SynapsewaveOtpSend,
  SynapsewaveOtpSendReply,
  SynapsewaveOtpVerify,
  SynapsewaveTextReply,
} from '@banyan/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { CodePurpose } from '../../modules/identity/index.ts'
import { needed, optionalField } from '../api/fields.ts'
import { originOf } from '../api/request-origin.ts'
import { addSchemas } from '../api/route-schema.ts'
import { creds, readBody, sixDigits, tokenText } from './body-fields.ts'
import { getApplication } from './synapsewave-checks.ts'
import { type SynapsewaveParts, userPath } from './synapsewave-parts.ts'
import { done, synapsewaveRoute, withData } from './synapsewave-route.ts'

/** Sending and checking of one-time passwords (synapsewave.md §6.2, §6.3). */
export function addOtp(app: FastifyInstance, { identity, addresses }: SynapsewaveParts): void {
  addSchemas(app, [SynapsewaveDone, SynapsewaveTextReply, SynapsewaveOtpSendReply])

  async function send(request: FastifyRequest, purpose: CodePurpose) {
    const shape = { ...creds, register_token: optionalField(tokenText, null) }
    const body = readBody(request.body, shape)
    const application = await getApplication(request, body.api_key, identity.credentials)
    const registerToken = purpose === 'sign_in' ? body.register_token : null
    const given = { application, clientCode: body.user_id, purpose, registerToken }
    return identity.codes.send(given, originOf(request, 'synapsewave', addresses))
  }

  app.post(`${userPath}/otp/send`, {
    ...synapsewaveRoute({
      operationId: 'synapsewaveSendOtp',
      summary: 'Send an OTP for a login; the former one dies',
      credential: 'key',
      rateClass: 'synapsewave-otp',
      body: SynapsewaveOtpSend,
      reply: SynapsewaveOtpSendReply,
      errors: ['challenge_expired', 'code_requested_too_soon'],
    }),
    async handler(request) {
      const { resendAfterS, expiresInS } = await send(request, 'sign_in')
      return withData('OTP sent.', { resend_after: resendAfterS, expires_in: expiresInS })
    },
  })
  for (const reset of resets) {
    app.post(`${userPath}/${reset.path}`, {
      ...synapsewaveRoute({
        operationId: reset.operationId,
        summary: reset.summary,
        credential: 'key',
        rateClass: 'synapsewave-otp',
        body: SynapsewaveCreds,
        reply: SynapsewaveDone,
        errors: ['code_requested_too_soon'],
      }),
      async handler(request) {
        await send(request, reset.purpose)
        return done(reset.message)
      },
    })
  }
  app.post(`${userPath}/otp/verify`, {
    ...synapsewaveRoute({
      operationId: 'synapsewaveVerifyOtp',
      summary: 'Trade an OTP for a token that changes one factor',
      credential: 'key',
      body: SynapsewaveOtpVerify,
      reply: SynapsewaveTextReply,
      errors: ['invalid_code', 'code_expired', 'too_many_attempts'],
    }),
    async handler(request) {
      const body = readBody(request.body, { ...creds, otp: needed(sixDigits) })
      const application = await getApplication(request, body.api_key, identity.credentials)
      const given = { application, clientCode: body.user_id, code: body.otp }
      const token = await identity.codes.verify(given, originOf(request, 'synapsewave', addresses))
      return withData('OTP Verified Successfully', token)
    },
  })
}

const resets = [
  {
    path: 'password/reset/send-otp',
    purpose: 'password_totp',
    message: 'OTP sent to reset Password.',
    operationId: 'synapsewaveSendPasswordOtp',
    summary: 'Send an OTP for a new password or TOTP',
  },
  {
    path: 'mpin/reset/send-otp',
    purpose: 'mpin',
    message: 'OTP Sent Reset MPIN & Fingerprint',
    operationId: 'synapsewaveSendMpinOtp',
    summary: 'Send an OTP for a new MPIN or device',
  },
] as const
