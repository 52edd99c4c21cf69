import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { bearer } from '../call.ts'
import type { Traveller } from './tour-accounts.ts'
import type { Application } from './tour-kotak.ts'
import type { WatchedServer } from './watched-server.ts'

/** Where each API takes a password in a body. */
const entrances = [
  '/api/auth/login',
  '/apim/session/1.0/session/login/userid',
  '/interactive/authentication/v1/user/session',
]

/** Sends secrets in every place where they do not belong: broken, oversized, mistyped, in headers, addresses and cookies. */
export async function makeMistakes(
  server: WatchedServer,
  traveller: Traveller,
  application: Application,
): Promise<void> {
  const { say, vault } = server
  const bearers = { ...bearer(application.token), consumerKey: application.consumerKey }
  for (const path of entrances) {
    const json = { ...bearers, 'content-type': 'application/json' }
    const secret = (what: string) => vault.make(`${what} at ${path}`)
    await say(400, path, { headers: json, text: `{"email":"a@example.com","password":"${secret('broken JSON')}` })
    await say(400, path, { headers: json, text: `["${vault.makeWord(`array at ${path}`)}"]` })
    await say(400, path, {
      headers: json,
      text: `{"__proto__":{"password":${JSON.stringify(secret('prototype'))}}}`,
    })
    await say(400, path, {
      headers: json,
      text: `${'['.repeat(40)}"${vault.makeWord(`depth at ${path}`)}"${']'.repeat(40)}`,
    })
    await say(413, path, { headers: json, text: JSON.stringify({ password: secret('too large').repeat(12_000) }) })
    await say(415, path, { headers: { ...bearers, 'content-type': 'text/plain' }, text: secret('plain text') })
    const form = { ...bearers, 'content-type': 'application/x-www-form-urlencoded' }
    await say(415, path, { headers: form, text: String(new URLSearchParams({ password: secret('form') })) })
    await say(415, path, { headers: { ...json, 'content-encoding': 'gzip' }, text: secret('packed') })
    await say(404, `${path}/${vault.makeWord('nothing')}`.replace('/apim/', '/api/'), { headers: bearers })
    await say(405, `${path}?password=${encodeURIComponent(secret('query'))}`, { method: 'PATCH', headers: bearers })
  }
  await showCredentials(server, traveller)
  await nameThings(server, traveller)
  await breakOff(server, traveller)
}

async function showCredentials({ say, vault }: WatchedServer, { access, session, password }: Traveller): Promise<void> {
  const me = '/api/auth/me'
  await say(401, `${me}?access_token=${access}`)
  await say(401, `${me}?token=${vault.makeWord('token in the address')}`)
  const basic = Buffer.from(`asha@example.com:${password}`).toString('base64')
  await say(401, me, { headers: { authorization: `Basic ${vault.keep('Basic credentials of a person', basic)}` } })
  await say(401, me, { headers: { authorization: vault.makeWord('scheme') } })
  await say(401, me, { headers: { authorization: `Bearer ${vault.makeWord('invented token')}.x.y` } })
  await say(401, me, { headers: { authorization: `JWT ${access.slice(0, -4)}AAAA` } })
  await say(401, me, { headers: { cookie: `access_token_cookie=${vault.makeWord('cookie')}` } })
  await say(401, me, { headers: { cookie: `${vault.makeWord('cookie name')}=${vault.makeWord('cookie value')}` } })
  const cookie = `access_token_cookie=${session}`
  const origin = `https://${vault.makeWord('origin')}.example`
  await say(403, me, { method: 'DELETE', json: { password }, headers: { cookie, origin } })
  const odd = { 'x-request-id': vault.makeWord('request id'), 'x-forwarded-for': vault.makeWord('forwarded address') }
  const referrer = `https://example.com/?token=${vault.makeWord('referrer')}`
  await say(401, me, {
    headers: { ...odd, referer: referrer, [vault.makeWord('header-name')]: vault.makeWord('header') },
  })
}

async function nameThings({ say, vault }: WatchedServer, { access }: Traveller): Promise<void> {
  const headers = bearer(access)
  for (const list of ['/api/auth/sessions', '/api/keys', '/api/applications', '/api/auth/factors/devices'])
    await say(404, `${list}/${vault.makeWord(`id at ${list}`)}`, { method: 'DELETE', headers })
  await say(400, `/api/audit?before=${vault.makeWord('page')}`, { headers })
  await say(404, `/${vault.makeWord('page of the site')}`)
  await say(404, `/api/${vault.makeWord('page of the API')}`, { headers })
  await say(414, `/api/auth/me?x=${vault.makeWord('long address').repeat(200)}`, { headers })
  await say(431, '/api/auth/me', { headers: { ...headers, 'x-much': vault.makeWord('long header').repeat(700) } })
}

/** A request that never ends, one that is no HTTP, and one whose sender goes while the password is compared. */
async function breakOff({ origin, vault }: WatchedServer, { email }: Traveller): Promise<void> {
  const body = JSON.stringify({ email, password: vault.makeWord('broken off') })
  const head = `POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: `
  const { hostname, port } = new URL(origin)
  for (const bytes of [
    `${head}${body.length + 50}\r\n\r\n${body}`,
    `${head}${body.length}\r\n\r\n${body}`,
    `${vault.makeWord('no HTTP')} ${vault.makeWord('nor this')}\r\n\r\n`,
  ]) {
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.on('error', () => socket.destroy())
    socket.write(bytes)
    await sleep(20)
    socket.destroy()
  }
}
