import { totpCode } from '../../../apps/server/src/dialects/synapsewave/testing/totp-code.ts'
import { bearer } from '../call.ts'
import { mailedCode } from '../mailbox.ts'
import { keepTotpSecret, type Traveller } from './tour-accounts.ts'
import type { Application } from './tour-kotak.ts'
import type { WatchedServer } from './watched-server.ts'

const base = '/interactive/authentication/v1/user'

interface Session {
  readonly data: { readonly access_token: string; readonly broadcast_access_token: string }
}

/** Goes every way of the Synapsewave API: two factors of each kind, OTP tokens, MPIN, devices, TOTP. */
export async function travelSynapsewave(
  server: WatchedServer,
  traveller: Traveller,
  { consumerKey }: Application,
): Promise<void> {
  const { say, vault } = server
  const creds = { user_id: traveller.clientCode, api_key: consumerKey, source: 'WEBAPI' }
  const login = { ...creds, login_type: 'PASSWORD', password: traveller.password }
  const path = `${base}/session`
  await say(400, path, {
    json: { ...login, password: vault.make('wrong Synapsewave password'), second_auth_type: 'REGISTER' },
  })
  await say(400, path, { json: { ...login, second_auth: vault.make('second factor without type') } })
  await say(400, path, { json: { ...login, login_type: vault.make('secret as login type') } })
  await say(403, path, { json: { ...login, api_key: vault.make('secret as api_key') } })
  await say(403, path, { json: login, headers: { 'x-api-key': vault.makeWord('secret as x-api-key') } })
  await say(400, path, { json: { ...login, login_type: 'TP_TOKEN', password: vault.make('invented SSO token') } })

  const registered = await say<{ data: { register_token: string } }>(200, path, {
    json: { ...login, second_auth_type: 'REGISTER' },
  })
  const registerToken = vault.keepToken('register token', registered.body.data.register_token)
  const otp = vault.keep('login OTP', await server.mailbox.next(traveller.email, mailedCode), 'home/outbox/')
  const udid = vault.makeWord('device UDID')
  const deviceinfo = { UDID: udid, DeviceModel: 'Pixel 6', DevicePlatform: 'Android' }
  const byToken = {
    ...creds,
    login_type: 'TOKEN',
    password: registerToken,
    second_auth_type: 'OTP',
    UDID: udid,
    deviceinfo,
  }
  await say(400, path, { json: { ...byToken, second_auth: vault.make('secret as OTP') } })
  const opened = await say<Session>(200, path, { json: { ...byToken, second_auth: otp } })
  await say(400, path, { json: { ...byToken, second_auth: otp } })
  const access = vault.keepToken('Synapsewave access token', opened.body.data.access_token)
  const broadcast = vault.keepToken('broadcast token', opened.body.data.broadcast_access_token)
  await say(401, `${base}/profile`, { headers: bearer(broadcast) })
  await say(401, `${base}/profile`, { headers: { authorization: vault.makeWord('invented access token') } })
  await say(200, `${base}/profile`, { headers: bearer(access), tellsNothing: true })

  await changeFactors(server, traveller, { creds, access, udid })
  await resetByCodes(server, traveller, creds)
}

interface Standing {
  readonly creds: object
  readonly access: string
  readonly udid: string
}

async function changeFactors(server: WatchedServer, traveller: Traveller, { creds, access, udid }: Standing) {
  const { say, vault } = server
  const mpin = vault.choose('MPIN', '482917')
  const next = vault.choose('new MPIN', '739150')
  const another = vault.makeWord('UDID of another device')
  const mine = { headers: bearer(access), json: { mpin: Number(mpin), mobile_udid: another } }
  await say(400, `${base}/mpin`, { ...mine, json: { ...mine.json, mpin: vault.make('secret as MPIN') } })
  await say(200, `${base}/mpin`, { ...mine, tellsNothing: true })
  await say(400, `${base}/mpin`, {
    method: 'PUT',
    json: { ...creds, old_mpin: vault.choose('wrong MPIN', '618204'), new_mpin: next },
  })
  await say(200, `${base}/mpin`, {
    method: 'PUT',
    json: { ...creds, old_mpin: mpin, new_mpin: next },
    tellsNothing: true,
  })
  const byMpin = { ...creds, login_type: 'MPIN', password: next, second_auth_type: 'FINGERPRINT' }
  await say(400, `${base}/session`, { json: { ...byMpin, second_auth: vault.makeWord('UDID nobody registered') } })
  const again = await say<Session>(200, `${base}/session`, { json: { ...byMpin, second_auth: udid } })
  vault.keepToken('access token by MPIN', again.body.data.access_token)
  const changed = {
    ...creds,
    old_password: vault.make('wrong old password'),
    new_password: vault.make('refused new password'),
  }
  await say(400, `${base}/password`, { method: 'PUT', json: changed })
  await say(400, `${base}/password`, {
    method: 'PUT',
    json: { ...changed, old_password: traveller.password, new_password: 'short' },
  })
  await say(400, `${base}/verifytotp`, {
    headers: bearer(access),
    json: { second_auth: vault.make('secret as TOTP code') },
  })
}

async function resetByCodes(server: WatchedServer, traveller: Traveller, creds: object): Promise<void> {
  const { say, vault } = server
  const secret = await registerTotp(server, traveller, creds)
  keepTotpSecret(server, 'Synapsewave TOTP secret', secret)
  vault.choose('Synapsewave TOTP code', totpCode(secret, Date.now()))
  const token = await codeToken(server, traveller, { creds, path: 'mpin/reset/send-otp', name: 'MPIN OTP token' })
  const device = { ...creds, group_Id: 'HO', type: 'SET_FINGERPRINT', udid: vault.makeWord('UDID by code') }
  const path = '/interactive/authentication/HO/v1/setMPIN'
  await say(400, path, { json: { ...device, otp: vault.make('invented OTP token') } })
  await say(200, path, { json: { ...device, otp: token }, tellsNothing: true })
  const reset = { ...creds, new_password: vault.make('password set with a spent token'), otp: token }
  await say(400, `${base}/password/reset`, { method: 'PUT', json: reset })
}

async function registerTotp(server: WatchedServer, traveller: Traveller, creds: object): Promise<string> {
  const otp = await codeToken(server, traveller, { creds, path: 'password/reset/send-otp', name: 'OTP token' })
  const path = `${base}/registertotp`
  await server.say(400, path, { json: { ...creds, otp: server.vault.make('another invented OTP token') } })
  const { body } = await server.say<{ data: { authSecret: string } }>(200, path, { json: { ...creds, otp } })
  return body.data.authSecret
}

/** Has a code mailed and trades it for a token. */
async function codeToken(
  { say, vault, mailbox }: WatchedServer,
  { email }: Traveller,
  { creds, path, name }: { readonly creds: object; readonly path: string; readonly name: string },
): Promise<string> {
  await say(200, `${base}/${path}`, { json: creds, tellsNothing: true })
  const otp = vault.keep(`code for the ${name}`, await mailbox.next(email, mailedCode), 'home/outbox/')
  await say(400, `${base}/otp/verify`, { json: { ...creds, otp: vault.make(`wrong code for the ${name}`) } })
  const { body } = await say<{ data: string }>(200, `${base}/otp/verify`, { json: { ...creds, otp } })
  return vault.keepToken(name, body.data)
}
