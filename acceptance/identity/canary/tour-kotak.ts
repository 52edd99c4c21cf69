import { bearer } from '../call.ts'
import { mailedCode } from '../mailbox.ts'
import type { Traveller } from './tour-accounts.ts'
import type { WatchedServer } from './watched-server.ts'

/** An application whose secrets are in the vault. */
export interface Application {
  readonly consumerKey: string
  readonly token: string
}

interface NewApplication {
  readonly id: string
  readonly consumer_key: string
  readonly consumer_secret: string
  readonly access_token: string
}

/** Makes an application and goes every way of the Kotak API with it: bearer, two factors, logout, revocation. */
export async function travelKotak(server: WatchedServer, traveller: Traveller): Promise<Application> {
  const { say, vault, mailbox } = server
  const made = { headers: bearer(traveller.access), json: { name: 'Desk' } }
  const application = (await say<NewApplication>(201, '/api/applications', made)).body
  vault.keep('consumer secret', application.consumer_secret)
  vault.keep('bearer', application.access_token)
  const days = { headers: bearer(traveller.access), json: { days: 1 } }
  const more = await say<{ access_token: string }>(201, `/api/applications/${application.id}/tokens`, days)
  vault.keep('bearer of a day', more.body.access_token)
  const minted = await mintBearer(server, application)

  const headers = { ...bearer(minted), consumerKey: application.consumer_key, ip: '127.0.0.1', appId: 'Desk' }
  const session = '/apim/session/1.0/session'
  await say(200, `${session}/init`, { headers: { ...headers, userid: traveller.clientCode }, tellsNothing: true })
  await say(400, `${session}/init`, { headers: { ...headers, userid: vault.makeWord('password as userid') } })
  await say(401, `${session}/init`, { headers: { ...headers, ...bearer(vault.makeWord('invented bearer')) } })
  await say(401, `${session}/init`, { headers: { ...headers, consumerKey: vault.makeWord('secret as consumer key') } })

  const userid = traveller.clientCode
  const login = { userid, password: traveller.password }
  const path = `${session}/login/userid`
  await say(401, path, { headers, json: { ...login, password: vault.make('wrong Kotak password') } })
  await say(401, path, { headers, json: { userid: 'NOBODY1', password: vault.make('Kotak password of nobody') } })
  await say(400, path, { headers, json: { ...login, userid: vault.makeWord('Kotak password as userid') } })
  await say(400, path, { headers, json: { ...login, password: { is: vault.make('Kotak password in an object') } } })
  const reply = await say<{ Success: { oneTimeToken: string } }>(200, path, { headers, json: login })
  const oneTimeToken = vault.keep('one-time token', reply.body.Success.oneTimeToken)
  const accessCode = await mailbox.next(traveller.email, mailedCode)

  const second = `${session}/2FA/accesscode`
  const withToken = { ...headers, oneTimeToken }
  await say(400, second, { headers: withToken, json: { userid, accessCode: vault.make('secret as access code') } })
  await say(401, second, {
    headers: { ...headers, oneTimeToken: vault.makeWord('invented one-time token') },
    json: { userid, accessCode },
  })
  await say(401, `${session}/2FA/oneTimeToken`, { headers: withToken, json: { userid } })
  const opened = await say<{ success: { sessionToken: string } }>(200, second, {
    headers: withToken,
    json: { userid, accessCode },
  })
  const sessionToken = vault.keep('session token', opened.body.success.sessionToken)
  await say(401, second, { headers: withToken, json: { userid, accessCode } })

  const leaving = { ...headers, userid, sessionToken }
  const invented = { ...leaving, sessionToken: vault.makeWord('invented session token') }
  await say(401, `${session}/logout`, { method: 'DELETE', headers: invented })
  await say(404, `/apim/nothing?sessionToken=${sessionToken}&password=${encodeURIComponent(traveller.password)}`, {
    headers: leaving,
  })
  await say(200, `${session}/logout`, { method: 'DELETE', headers: leaving, tellsNothing: true })
  await say(401, `${session}/logout`, { method: 'DELETE', headers: leaving })
  return { consumerKey: application.consumer_key, token: application.access_token }
}

async function mintBearer({ say, vault }: WatchedServer, application: NewApplication): Promise<string> {
  const { consumer_key: key, consumer_secret: secret } = application
  const form = (pair: string, fields: Record<string, string>, scheme = 'Basic ') => ({
    headers: {
      authorization: `${scheme}${vault.keep('Basic credentials', Buffer.from(pair).toString('base64'))}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    text: String(new URLSearchParams(fields)),
  })
  const grant = { grant_type: 'client_credentials' }
  await say(401, '/apim/token', form(`${key}:${vault.make('wrong consumer secret')}`, grant))
  await say(401, '/apim/token', form(vault.make('credentials without colon'), grant))
  const byPassword = { grant_type: 'password', username: 'A', password: vault.make('password of a grant') }
  await say(400, '/apim/token', form(`${key}:${secret}`, byPassword))
  await say(400, '/apim/token', form(`${key}:${secret}`, { grant_type: vault.make('secret as grant') }))
  const kept = { ...grant, password: vault.make('ignored password') }
  const minted = await say<{ access_token: string }>(200, '/apim/token', form(`${key}:${secret}`, kept, ''))
  vault.keep('minted bearer', minted.body.access_token)
  await say(200, '/apim/revoke', form(`${key}:${secret}`, { token: vault.make('invented token to revoke') }))
  return minted.body.access_token
}
