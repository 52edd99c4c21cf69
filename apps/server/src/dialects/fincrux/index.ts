import {
  DeletedReply,
  EnabledReply,
  KeysReply,
  LoginReply,
  LogoutReply,
  MeReply,
  MessageReply,
  NewKeyReply,
  PasswordChangedReply,
  RecoveryCodesReply,
  RefreshReply,
  RevokedReply,
  Session,
  SessionsReply,
  TotpEnabledReply,
  TotpSecretReply,
} from '@banyan/contracts'
import type { FastifyInstance } from 'fastify'
import { addAccountRoutes } from '../api/account-parts.ts'
import { addSchemas } from '../api/route-schema.ts'
import { addKeys, type KeyParts } from './keys.ts'
import { addLogout } from './logout.ts'
import { addMe } from './me.ts'
import { addPasswords } from './passwords.ts'
import { addRefresh } from './refresh.ts'
import { addSessions } from './sessions.ts'
import { addTotp } from './totp.ts'
import { addVerify } from './verify.ts'

/**
 * Registers the Fincrux dialect's account routes (fincrux.md §4). The limit of each is `api` but for forgot, which has its own:
 *
 * | route | credential |
 * |---|---|
 * | POST /api/auth/login/verify, /api/auth/refresh | none |
 * | POST /api/auth/password/forgot, /api/auth/password/reset | none |
 * | POST /api/auth/logout | signOut |
 * | GET /api/auth/me | user |
 * | GET, DELETE /api/auth/sessions, /api/auth/sessions/{id} | user |
 * | POST /api/auth/password | user |
 * | POST /api/auth/totp/enrol, …/confirm, …/disable, …/recovery-codes | user |
 * | GET /api/keys | user |
 * | POST /api/keys, DELETE /api/keys/{id} | user, member |
 */
export function registerFincrux(app: FastifyInstance, parts: KeyParts): void {
  addSchemas(app, [
    DeletedReply,
    EnabledReply,
    KeysReply,
    LoginReply,
    LogoutReply,
    MeReply,
    MessageReply,
    NewKeyReply,
    PasswordChangedReply,
    RecoveryCodesReply,
    RefreshReply,
    RevokedReply,
    Session,
    SessionsReply,
    TotpEnabledReply,
    TotpSecretReply,
  ])
  addAccountRoutes(app, (scope) => {
    addVerify(scope, parts)
    addRefresh(scope, parts)
    addLogout(scope, parts)
    addMe(scope, parts)
    addSessions(scope, parts)
    addPasswords(scope, parts)
    addTotp(scope, parts)
    addKeys(scope, parts)
  })
}
