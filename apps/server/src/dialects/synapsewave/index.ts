import { SynapsewaveError } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { addSchemas } from '../api/route-schema.ts'
import { addFingerprint } from './fingerprint.ts'
import { addLogin } from './login.ts'
import { addMpin } from './mpin.ts'
import { addOtp } from './otp.ts'
import { addPassword } from './password.ts'
import { addSession } from './session.ts'
import type { SynapsewaveParts } from './synapsewave-parts.ts'
import { addTotp } from './totp.ts'

/**
 * Registers the Synapsewave dialect's login and neighbouring calls (synapsewave.md §5, §6). P is /interactive/authentication/v1/user:
 *
 * | route | credential | limit |
 * |---|---|---|
 * | POST P/session | key | synapsewave-login |
 * | DELETE, PUT P/session; GET P/profile | session | synapsewave |
 * | POST P/otp/send, P/password/reset/send-otp, P/mpin/reset/send-otp | key | synapsewave-otp |
 * | POST P/otp/verify; PUT P/password/reset, P/password; PUT P/mpin; POST P/mpin/reset/verify-otp | key | synapsewave |
 * | POST /interactive/authentication/{tenantid}/v1/setMPIN; POST P/registertotp | key | synapsewave |
 * | POST P/mpin, P/verifytotp | session | synapsewave |
 */
export function registerSynapsewave(app: FastifyInstance, parts: SynapsewaveParts): void {
  addSchemas(app, [SynapsewaveError])
  addLogin(app, parts)
  addSession(app, parts)
  addOtp(app, parts)
  addPassword(app, parts)
  addMpin(app, parts)
  addFingerprint(app, parts)
  addTotp(app, parts)
}
