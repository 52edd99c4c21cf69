import {
  SynapsewaveTotpRegister,
  SynapsewaveTotpRegisterReply,
  SynapsewaveTotpVerify,
  SynapsewaveTotpVerifyReply,
} from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { generate } from 'lean-qr'
import { toPngDataURL } from 'lean-qr/extras/node_export'
import { needed, optionalField, textMatching } from '../api/fields.ts'
import { originOf } from '../api/request-origin.ts'
import { addSchemas } from '../api/route-schema.ts'
import { creds, proof, readBody, sixDigits } from './body-fields.ts'
import { getApplication, sessionOf } from './synapsewave-checks.ts'
import { type SynapsewaveParts, userPath } from './synapsewave-parts.ts'
import { synapsewaveRoute, withData } from './synapsewave-route.ts'

/** Unpaired surrogates and control characters have no place in an address. */
const appNameText = textMatching(/^[^\p{Cc}\p{Cs}]{1,64}$/u, 'must have 1 to 64 characters and no control characters')

/** A new TOTP secret by OTP, and its activation in a session (synapsewave.md §6.3). */
export function addTotp(app: FastifyInstance, { identity, addresses }: SynapsewaveParts): void {
  addSchemas(app, [SynapsewaveTotpRegisterReply, SynapsewaveTotpVerifyReply])
  app.post(`${userPath}/registertotp`, {
    ...synapsewaveRoute({
      operationId: 'synapsewaveRegisterTotp',
      summary: 'Make a TOTP secret that waits for verifytotp',
      credential: 'key',
      body: SynapsewaveTotpRegister,
      reply: SynapsewaveTotpRegisterReply,
      errors: ['invalid_code_token', 'invalid_code', 'code_expired', 'too_many_attempts'],
    }),
    async handler(request) {
      const shape = { ...creds, otp: proof, app_name: optionalField(appNameText, 'Registered in system') }
      const body = readBody(request.body, shape)
      const application = await getApplication(request, body.api_key, identity.credentials)
      const given = { application, clientCode: body.user_id, proof: body.otp, issuerName: body.app_name }
      const { secret } = await identity.factors.enrolTotpByCode(given, originOf(request, 'synapsewave', addresses))
      const userID = body.user_id.toUpperCase()
      const qrImg = toQrImage(toAddress(body.app_name, userID, secret))
      return withData('QR Code Generated', { qrImg, authSecret: secret, userID })
    },
  })
  app.post(`${userPath}/verifytotp`, {
    ...synapsewaveRoute({
      operationId: 'synapsewaveVerifyTotp',
      summary: 'Make the waiting TOTP secret the one that counts',
      credential: 'session',
      body: SynapsewaveTotpVerify,
      reply: SynapsewaveTotpVerifyReply,
      errors: ['invalid_second_factor', 'too_many_attempts'],
    }),
    async handler(request) {
      const { second_auth: code } = readBody(request.body, { second_auth: needed(sixDigits) })
      const caller = sessionOf(request)
      await identity.factors.activateTotp(caller, code, originOf(request, 'synapsewave', addresses))
      return withData('TOTP Verified successfully', { userID: caller.clientCode })
    },
  })
}

/** The address an authenticator reads, with the two parameters the contract names. */
function toAddress(appName: string, userId: string, secret: string): string {
  const issuer = encodeURIComponent(appName)
  return `otpauth://totp/${issuer}:${userId}?secret=${secret}&issuer=${issuer}`
}

/** Returns the text as a QR code, black on white, 4 pixels a module, with the quiet zone of 4 modules scanners ask for (ISO/IEC 18004). */
function toQrImage(text: string): string {
  return toPngDataURL(generate(text), { on: [0, 0, 0, 255], off: [255, 255, 255, 255], pad: 4, scale: 4 })
}
