import { KotakLoginBody, KotakLoginHeaders, KotakLoginReply, named } from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import type { AccessCodeSent, IdentityModule } from '../../modules/identity/index.ts'
import { needed, textOf } from '../api/fields.ts'
import { originOf } from '../api/request-origin.ts'
import { readByHandler } from '../api/route-schema.ts'
import { maskEmail, maskMobile, toKotakTime } from './account-texts.ts'
import { type Base, type BaseParts, baseOf } from './base-echo.ts'
import { readCall, userid } from './call-fields.ts'
import { applicationOf } from './kotak-checks.ts'
import { faultsBeside } from './route-replies.ts'

const call = { headers: {}, members: { userid, password: needed(textOf(1, 1_024)) } }

/** POST /apim/session/1.0/session/login/userid (kotak.md §5.4): a right password sends an access code and gives its one-time token. */
export function addLogin(
  app: FastifyInstance,
  parts: BaseParts & { readonly identity: Pick<IdentityModule, 'signIn'> },
): void {
  app.post('/session/1.0/session/login/userid', {
    config: { credential: 'kotakBearer', rateClass: 'kotakLogin' },
    schema: {
      operationId: 'kotakLogin',
      summary: 'First factor: client code and password',
      tags: ['kotak'],
      headers: KotakLoginHeaders,
      body: KotakLoginBody,
      response: faultsBeside(named(KotakLoginReply), [
        'body_too_large',
        'unsupported_media_type',
        'invalid_credentials',
        'too_many_attempts',
      ]),
    },
    validatorCompiler: readByHandler,
    async handler(request): Promise<KotakLoginReply> {
      const { userid: clientCode, password } = readCall(request, call)
      const base = baseOf(request, parts)
      const sent = await parts.identity.signIn.requestAccessCode(
        { application: applicationOf(request), clientCode, password },
        originOf(request, 'kotak', parts.addresses),
      )
      return toLoginReply(sent, base)
    },
  })
}

function toLoginReply({ account, oneTimeToken, issuedAt }: AccessCodeSent, { host, port }: Base): KotakLoginReply {
  return {
    Success: {
      Status: 'Temporary',
      accessCodeTime: toKotakTime(issuedAt),
      biometric: account.hasDevice ? 'Y' : 'N',
      clientType: 'ONLINE',
      emailId: maskEmail(account.email),
      message: 'Authentication Successful.',
      mpin: account.hasMpin ? 'Y' : 'N',
      oneTimeToken,
      phoneNo: maskMobile(account.mobile),
      redirect: { host, port, userid: account.clientCode },
    },
  }
}
