import {
  KotakFault,
  KotakInitReply,
  KotakLoginReply,
  KotakLogoutReply,
  KotakRevokeReply,
  KotakSessionReply,
  KotakTokenFault,
  KotakTokenReply,
} from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import type { IdentityModule } from '../../modules/identity/index.ts'
import { addSchemas } from '../api/route-schema.ts'
import type { BaseParts } from './base-echo.ts'
import { addInit } from './init.ts'
import { addLogin } from './login.ts'
import { addLogout } from './logout.ts'
import { nameMissingResources } from './missing-resources.ts'
import { acceptForms } from './oauth-forms.ts'
import { addRevoke } from './revoke.ts'
import { addAccessCode, addOneTimeToken } from './second-factor.ts'
import { addToken } from './token.ts'

/** Most a body below /apim may have, in bytes (kotak.md §3.2). */
const bodyLimit = 8_192

/**
 * Registers the Kotak session API below `/apim` (kotak.md):
 *
 * | call | credential | limit per minute |
 * |---|---|---|
 * | POST /token | key and secret | 10 per key, 600 per address |
 * | POST /revoke | key and secret | 600 per address |
 * | GET /session/1.0/session/init | bearer | 60 per address, 120 per key |
 * | POST /session/1.0/session/login/userid | bearer | 10 per address |
 * | POST /session/1.0/session/2FA/accesscode | bearer, one-time token | 20 per address |
 * | POST /session/1.0/session/2FA/oneTimeToken | bearer, one-time token | 20 per address |
 * | DELETE /session/1.0/session/logout | bearer, session token | 60 per address |
 *
 * The application needs `createKotakSurface`, `createKotakChecks` and `kotakAddressLimits` beside it.
 */
export function registerKotak(app: FastifyInstance, parts: BaseParts & { readonly identity: IdentityModule }): void {
  addSchemas(app, [
    KotakFault,
    KotakInitReply,
    KotakLoginReply,
    KotakLogoutReply,
    KotakRevokeReply,
    KotakSessionReply,
    KotakTokenFault,
    KotakTokenReply,
  ])
  void app.register(
    async (scope) => {
      scope.addHook('onRoute', (route) => {
        route.bodyLimit = bodyLimit
      })
      nameMissingResources(scope)
      addInit(scope, parts)
      addLogin(scope, parts)
      addAccessCode(scope, parts)
      addOneTimeToken(scope, parts)
      addLogout(scope, parts)
      await scope.register(async (forms) => {
        acceptForms(forms)
        addToken(forms, parts)
        addRevoke(forms, parts)
      })
    },
    { prefix: '/apim' },
  )
}
