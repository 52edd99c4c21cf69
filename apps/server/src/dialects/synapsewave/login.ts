import { SynapsewaveLogin, SynapsewaveLoginReply } from '@banyan/contracts'
import { BanyanError } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { ApplicationCaller, RequestOrigin, SignInFace } from '../../modules/identity/index.ts'
import { dialledOrigin, originOf } from '../api/request-origin.ts'
import { addSchemas } from '../api/route-schema.ts'
import { toRegistered, toSession } from './login-reply.ts'
import { type LoginRequest, readLogin } from './login-request.ts'
import { getApplication } from './synapsewave-checks.ts'
import { type SynapsewaveParts, userPath } from './synapsewave-parts.ts'
import { synapsewaveRoute, withData } from './synapsewave-route.ts'

/** POST P/session (synapsewave.md §5): both factors in one call. */
export function addLogin(app: FastifyInstance, { identity, addresses, publicUrl }: SynapsewaveParts): void {
  addSchemas(app, [SynapsewaveLoginReply])
  app.post(`${userPath}/session`, {
    ...synapsewaveRoute({
      operationId: 'synapsewaveLogin',
      summary: 'Sign in with two factors, or register for a sign-in in two calls',
      credential: 'key',
      rateClass: 'synapsewave-login',
      body: SynapsewaveLogin,
      reply: SynapsewaveLoginReply,
      errors: loginErrors,
    }),
    async handler(request) {
      const given = readLogin(request.body)
      const application = await getApplication(request, given.apiKey, identity.credentials)
      const outcome = await signIn(given, application, originOf(request, 'synapsewave', addresses), identity.signIn)
      const data =
        'session' in outcome
          ? toSession(outcome.session, dialledOrigin(request, addresses, publicUrl))
          : toRegistered(outcome.registered)
      return withData('User logged in Successfully.', data)
    },
  })
}

const loginErrors = [
  'invalid_credentials',
  'account_disabled',
  'invalid_second_factor',
  'invalid_code',
  'code_expired',
  'challenge_expired',
  'too_many_attempts',
  'combination_not_supported',
  'device_not_registered',
  'mpin_not_registered',
  'invalid_sso_token',
  'factor_not_enrolled',
] as const

async function signIn(given: LoginRequest, application: ApplicationCaller, origin: RequestOrigin, face: SignInFace) {
  if (given.hasUntypedSecond) throw new BanyanError('combination_not_supported', { message: typeRequired(given) })
  const { userId: clientCode, first, second, udid, deviceFacts } = given
  try {
    return await face.combined({ application, clientCode, first, second, udid, deviceFacts }, origin)
  } catch (error) {
    throw inWordsOfTheCall(error, given)
  }
}

/** The core names factors; this API's sentences name the members of the body. */
function inWordsOfTheCall(cause: unknown, given: LoginRequest): unknown {
  if (!(cause instanceof BanyanError)) return cause
  switch (cause.code) {
    case 'combination_not_supported':
      return given.second === null ? new BanyanError(cause.code, { message: typeRequired(given), cause }) : cause
    case 'factor_not_enrolled':
      return new BanyanError(cause.code, { message: `${given.secondType} is not registered for this account.`, cause })
    default:
      return cause
  }
}

function typeRequired({ loginType }: LoginRequest): string {
  switch (loginType) {
    case 'PASSWORD':
      return 'second_auth_type is required (OTP, TOTP, FINGERPRINT or REGISTER)'
    case 'TP_TOKEN':
      return 'TP_TOKEN takes no second_auth'
    case 'TOKEN':
    case 'MPIN':
    case 'FINGERPRINT':
      return 'second_auth_type is required'
  }
}
