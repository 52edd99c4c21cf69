import type { Scope } from '../../modules/identity/index.ts'
import { userPath } from '../synapsewave/synapsewave-parts.ts'
import { password } from './api-calls.ts'

/** Whose things a route with `{id}` is about. */
export type Thing = 'session' | 'key' | 'application' | 'device' | 'passkey' | 'sso' | 'watchlist' | 'entry' | 'draft'

export interface Rule {
  /** The check, or `none`. */
  readonly credential:
    | 'none'
    | 'user'
    | 'visitor'
    | 'signOut'
    | 'kotakBearer'
    | 'kotakSecret'
    | 'synapsewave-key'
    | 'synapsewave-session'
  readonly scope?: Scope
  readonly leastRole?: 'member' | 'owner'
  readonly thing?: Thing
  /** A body that is good, for routes that look at the id after it. */
  readonly body?: object
}

const open: Rule = { credential: 'none' }
const user: Rule = { credential: 'user' }
const member: Rule = { credential: 'user', leastRole: 'member' }
const journalKey: Rule = { credential: 'user', scope: 'journal:read' }
const visitor: Rule = { credential: 'visitor', scope: 'market:read' }
const id = ':id(^[^]+$)'
const brokerPath = '/api/brokers/:broker(^[a-z]+)'
const P = userPath
const K = '/apim/session/1.0/session'

/** Who may call what. A route that is not here fails the test, and so does a line without its route. */
export const rules: Readonly<Record<string, Rule>> = {
  'GET /': open,
  'GET /.well-known/jwks.json': open,
  'GET /api/analysis/:symbol(^[^]+$)': open,
  'GET /api/candles/:instrument(^[^]+$)': open,
  'GET /api/health': open,
  'GET /api/index/snapshot': open,
  'GET /api/instruments': open,
  'GET /api/market-map': open,
  'GET /api/movers': open,
  'GET /api/outbox': open,
  'GET /api/patterns': open,
  'GET /api/patterns/:symbol(^[^]+$)': open,
  'GET /api/patterns/:symbol(^[^]+$)/matches': open,
  'GET /api/quotes': open,
  'GET /api/signals': open,
  'GET /api/stream': visitor,
  'POST /api/stream': visitor,
  'GET /api/brokers/icici/callback': open,
  'GET /api/brokers/zerodha/callback': open,
  'POST /api/brokers/icici/callback': open,
  'GET /docs': open,
  'GET /docs/json': open,
  'GET /docs/static/*': open,
  'GET /docs/static/index.html': open,
  'GET /docs/static/swagger-initializer.js': open,
  'GET /docs/yaml': open,
  'GET /livez': open,
  'GET /openapi.json': open,
  'GET /readyz': open,

  'POST /api/auth/register': open,
  'POST /api/auth/bootstrap': open,
  'POST /api/auth/login': open,
  'POST /api/auth/login/verify': open,
  'POST /api/auth/login/passkey/options': open,
  'POST /api/auth/login/passkey': open,
  'POST /api/auth/refresh': open,
  'POST /api/auth/password/forgot': open,
  'POST /api/auth/password/reset': open,
  'POST /api/auth/logout': { credential: 'signOut' },

  'GET /api/auth/me': user,
  'PATCH /api/auth/me': member,
  'DELETE /api/auth/me': member,
  'POST /api/auth/me/export': user,
  'POST /api/auth/invitations': { credential: 'user', leastRole: 'owner' },
  'GET /api/auth/sessions': user,
  'DELETE /api/auth/sessions': user,
  [`GET /api/auth/sessions/${id}`]: { ...user, thing: 'session' },
  [`DELETE /api/auth/sessions/${id}`]: { ...user, thing: 'session' },
  'POST /api/auth/password': user,
  'POST /api/auth/totp/enrol': user,
  'POST /api/auth/totp/confirm': user,
  'POST /api/auth/totp/disable': user,
  'POST /api/auth/totp/recovery-codes': user,
  'GET /api/auth/factors': user,
  'POST /api/auth/factors/mpin': user,
  'DELETE /api/auth/factors/mpin': user,
  [`POST /api/auth/factors/devices/${id}/trust`]: { ...user, thing: 'device', body: { password } },
  [`DELETE /api/auth/factors/devices/${id}`]: { ...user, thing: 'device' },
  'POST /api/auth/factors/passkeys/options': user,
  'POST /api/auth/factors/passkeys': user,
  [`DELETE /api/auth/factors/passkeys/${id}`]: { ...user, thing: 'passkey', body: { password } },
  'POST /api/auth/factors/sso': user,
  [`DELETE /api/auth/factors/sso/${id}`]: { ...user, thing: 'sso', body: { password } },
  'GET /api/keys': user,
  'POST /api/keys': member,
  [`DELETE /api/keys/${id}`]: { ...user, thing: 'key' },
  'GET /api/applications': user,
  'POST /api/applications': member,
  [`PATCH /api/applications/${id}`]: { ...member, thing: 'application', body: { enabled: false } },
  [`DELETE /api/applications/${id}`]: { ...member, thing: 'application' },
  [`POST /api/applications/${id}/tokens`]: { ...member, thing: 'application', body: { days: 1 } },
  'GET /api/audit': user,
  'GET /api/journal': journalKey,
  'POST /api/journal': member,
  [`GET /api/journal/${id}`]: { ...journalKey, thing: 'entry' },
  [`PATCH /api/journal/${id}`]: { ...member, thing: 'entry', body: { rating: 1 } },
  [`DELETE /api/journal/${id}`]: { ...member, thing: 'entry' },
  'GET /api/journal/statistics': journalKey,
  'GET /api/journal/export': journalKey,
  'POST /api/journal/import': member,
  'GET /api/journal/drafts': user,
  [`POST /api/journal/drafts/${id}/dismiss`]: { ...member, thing: 'draft' },
  'GET /api/brokers': user,
  [`POST ${brokerPath}/sign-in`]: member,
  [`POST ${brokerPath}/connect`]: member,
  [`DELETE ${brokerPath}/connect`]: member,
  [`POST ${brokerPath}/sync`]: member,
  'POST /api/portfolio/sync': member,
  'POST /api/portfolio/icici-sync': member,
  'POST /api/portfolio/import': member,
  'GET /api/portfolio/holdings': { ...user, scope: 'portfolio:read' },
  'GET /api/portfolio/positions': { ...user, scope: 'portfolio:read' },
  'GET /api/portfolio/book': { ...user, scope: 'portfolio:read' },
  'GET /api/portfolio/returns': { ...user, scope: 'portfolio:read' },
  'GET /api/portfolio/pnl': { ...user, scope: 'portfolio:read' },
  'DELETE /api/portfolio': member,
  'GET /api/watchlists': user,
  'POST /api/watchlists': member,
  [`PATCH /api/watchlists/${id}`]: { ...member, thing: 'watchlist', body: { name: 'x' } },
  [`DELETE /api/watchlists/${id}`]: { ...member, thing: 'watchlist' },

  [`GET ${K}/init`]: { credential: 'kotakBearer' },
  [`POST ${K}/login/userid`]: { credential: 'kotakBearer' },
  [`POST ${K}/2FA/accesscode`]: { credential: 'kotakBearer' },
  [`POST ${K}/2FA/oneTimeToken`]: { credential: 'kotakBearer' },
  [`DELETE ${K}/logout`]: { credential: 'kotakBearer' },
  'POST /apim/token': { credential: 'kotakSecret' },
  'POST /apim/revoke': { credential: 'kotakSecret' },

  [`POST ${P}/session`]: { credential: 'synapsewave-key' },
  [`DELETE ${P}/session`]: { credential: 'synapsewave-session' },
  [`PUT ${P}/session`]: { credential: 'synapsewave-session' },
  [`GET ${P}/profile`]: { credential: 'synapsewave-session' },
  [`POST ${P}/otp/send`]: { credential: 'synapsewave-key' },
  [`POST ${P}/otp/verify`]: { credential: 'synapsewave-key' },
  [`POST ${P}/password/reset/send-otp`]: { credential: 'synapsewave-key' },
  [`PUT ${P}/password/reset`]: { credential: 'synapsewave-key' },
  [`PUT ${P}/password`]: { credential: 'synapsewave-key' },
  [`POST ${P}/mpin`]: { credential: 'synapsewave-session' },
  [`PUT ${P}/mpin`]: { credential: 'synapsewave-key' },
  [`POST ${P}/mpin/reset/send-otp`]: { credential: 'synapsewave-key' },
  [`POST ${P}/mpin/reset/verify-otp`]: { credential: 'synapsewave-key' },
  'POST /interactive/authentication/:tenantid/v1/setMPIN': { credential: 'synapsewave-key' },
  [`POST ${P}/registertotp`]: { credential: 'synapsewave-key' },
  [`POST ${P}/verifytotp`]: { credential: 'synapsewave-session' },
}
