import {
  KotakAccessCodeBody,
  KotakOneTimeTokenBody,
  KotakSecondFactorHeaders,
  KotakSessionReply,
  named,
} from '@banyan/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { IdentityModule } from '../../modules/identity/index.ts'
import { needed, textMatching } from '../api/fields.ts'
import { originOf } from '../api/request-origin.ts'
import { readByHandler } from '../api/route-schema.ts'
import { type BaseParts, baseOf } from './base-echo.ts'
import { anyCaseToken, readCall, userid } from './call-fields.ts'
import { applicationOf } from './kotak-checks.ts'
import { faultsBeside } from './route-replies.ts'
import { toSessionReply } from './session-reply.ts'

type SecondFactorParts = BaseParts & { readonly identity: Pick<IdentityModule, 'signIn'> }

const headers = { oneTimeToken: anyCaseToken }
const withCode = {
  headers,
  members: { userid, accessCode: needed(textMatching(/^[0-9]{4}$/, 'must be a string of 4 digits')) },
}
const withoutCode = { headers, members: { userid } }

/** POST /apim/session/1.0/session/2FA/accesscode (kotak.md §5.5): the code that was sent opens the session. */
export function addAccessCode(app: FastifyInstance, parts: SecondFactorParts): void {
  app.post('/session/1.0/session/2FA/accesscode', {
    config: { credential: 'kotakBearer', rateClass: 'kotakAccessCode' },
    schema: {
      operationId: 'kotakAccessCode',
      summary: 'Second factor: the access code',
      tags: ['kotak'],
      headers: KotakSecondFactorHeaders,
      body: KotakAccessCodeBody,
      response: faultsBeside(named(KotakSessionReply), [
        'body_too_large',
        'unsupported_media_type',
        'invalid_second_factor',
        'challenge_expired',
        'too_many_attempts',
      ]),
    },
    validatorCompiler: readByHandler,
    handler: (request) => openSession(request, readCall(request, withCode), parts),
  })
}

/** POST /apim/session/1.0/session/2FA/oneTimeToken (kotak.md §5.6): for accounts that need no code in this application. */
export function addOneTimeToken(app: FastifyInstance, parts: SecondFactorParts): void {
  app.post('/session/1.0/session/2FA/oneTimeToken', {
    config: { credential: 'kotakBearer', rateClass: 'kotakOneTimeToken' },
    schema: {
      operationId: 'kotakOneTimeToken',
      summary: 'Second step of an account that needs no access code here',
      tags: ['kotak'],
      headers: KotakSecondFactorHeaders,
      body: KotakOneTimeTokenBody,
      response: faultsBeside(named(KotakSessionReply), [
        'body_too_large',
        'unsupported_media_type',
        'challenge_expired',
        'too_many_attempts',
        'access_code_required',
      ]),
    },
    validatorCompiler: readByHandler,
    handler: (request) => openSession(request, { ...readCall(request, withoutCode), accessCode: null }, parts),
  })
}

interface SecondFactorCall {
  readonly userid: string
  readonly oneTimeToken: string
  readonly accessCode: string | null
  readonly ip: string
  readonly appId: string
}

async function openSession(
  request: FastifyRequest,
  given: SecondFactorCall,
  parts: SecondFactorParts,
): Promise<KotakSessionReply> {
  const { userid: clientCode, oneTimeToken, accessCode, ip, appId } = given
  const base = baseOf(request, parts)
  const session = await parts.identity.signIn.withAccessCode(
    { application: applicationOf(request), clientCode, oneTimeToken, accessCode, deviceFacts: { ip, appId } },
    originOf(request, 'kotak', parts.addresses),
  )
  return toSessionReply(session, base)
}
