import type { startSsoIssuer } from '../../../apps/server/src/dialects/synapsewave/testing/sso-issuer.ts'
import { bearer } from '../call.ts'
import type { startEchoingGateway } from './echoing-gateway.ts'
import type { Traveller } from './tour-accounts.ts'
import type { Application } from './tour-kotak.ts'
import type { WatchedServer } from './watched-server.ts'

/** What the server asks of others: an issuer of single sign-on, and a gateway for texts that fails and repeats everything. */
export interface Outside {
  readonly sso: Awaited<ReturnType<typeof startSsoIssuer>>
  readonly gateway: Awaited<ReturnType<typeof startEchoingGateway>>
}

/** Links an identity and signs in with it, and has a code texted that never leaves. */
export async function travelOutside(
  server: WatchedServer,
  traveller: Traveller,
  application: Application,
  { sso }: Outside,
): Promise<void> {
  const { say, vault } = server
  const headers = bearer(traveller.access)
  const assertion = async (name: string) =>
    vault.keep(name, await sso.signed({ sub: traveller.clientCode, exp: inSeconds(300), iat: inSeconds(0), jti: name }))
  const link = { token: await assertion('assertion to link'), password: vault.make('wrong password of a link') }
  await say(403, '/api/auth/factors/sso', { headers, json: link })
  const again = { token: await assertion('second assertion'), password: traveller.password }
  await say(201, '/api/auth/factors/sso', { headers, json: again, tellsNothing: true })
  const creds = { user_id: traveller.clientCode, api_key: application.consumerKey, source: 'WEBAPI' }
  const login = { ...creds, login_type: 'TP_TOKEN', password: await assertion('assertion to sign in') }
  const path = '/interactive/authentication/v1/user/session'
  const opened = await say<{ data: { access_token: string } }>(200, path, { json: login })
  vault.keepToken('access token by SSO', opened.body.data.access_token)
  await say(400, path, { json: login })
  await say(400, path, { json: { ...login, password: `${await assertion('changed assertion')}x` } })

  const texted = { mobile: '+919876543210', otp_channel: 'sms', password: traveller.password }
  const wrongly = { ...texted, password: vault.make('wrong password of a channel') }
  await say(403, '/api/auth/me', { method: 'PATCH', headers, json: wrongly })
  await say(200, '/api/auth/me', { method: 'PATCH', headers, json: texted, tellsNothing: true })
  const kotak = { ...bearer(application.token), consumerKey: application.consumerKey }
  const json = { userid: traveller.clientCode, password: traveller.password }
  await say(503, '/apim/session/1.0/session/login/userid', { headers: kotak, json })
  await say(200, '/api/auth/me', {
    method: 'PATCH',
    headers,
    json: { ...texted, otp_channel: 'email' },
    tellsNothing: true,
  })
}

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds
}
