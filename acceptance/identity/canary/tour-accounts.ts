import { totpCode } from '../../../apps/server/src/dialects/synapsewave/testing/totp-code.ts'
import { bearer } from '../call.ts'
import { betweenSteps, type SignedIn } from '../people.ts'
import { printedToken } from '../printed-token.ts'
import type { WatchedServer } from './watched-server.ts'

/** Somebody with an account whose secrets are all in the vault. */
export interface Traveller {
  readonly email: string
  readonly password: string
  readonly access: string
  /** The token of the cookie. */
  readonly session: string
  readonly clientCode: string
}

const owner = 'owner@example.com'
const member = 'member@example.com'

/** Makes the owner with the printed token, another account by the command line, and a member who registers. */
export async function arrive(server: WatchedServer): Promise<Traveller> {
  const { say, vault, command } = server
  const token = vault.keep('bootstrap token', await printedToken(() => server.output()), 'output')
  const path = '/api/auth/bootstrap'
  const ownerPassword = vault.make("owner's password")
  const wrong = vault.make('wrong bootstrap token')
  await say(400, path, { json: { token, email: owner, password: 5 } })
  await say(403, path, { json: { token: wrong, email: owner, password: ownerPassword } })
  const { body } = await say<SignedIn>(201, path, { json: { token, email: owner, password: ownerPassword } })
  keepTokens(server, 'of the owner', body)
  await say(403, path, { json: { token, email: 'other@example.com', password: ownerPassword } })

  const invited = { headers: bearer(body.access), json: { role: 'member' } }
  const { token: invitation } = (await say<{ token: string }>(201, '/api/auth/invitations', invited)).body
  vault.keep('invitation', invitation)
  const cli = await command('user', ['create', 'cli@example.com', 'member'], `${vault.make('password by command')}\n`)
  if (cli.code !== 0) throw new Error(cli.err)
  await command('user', ['create', 'refused@example.com'], `refused@example.com${vault.makeWord('refused password')}\n`)
  vault.keep('invitation by command', (await command('user', ['invite'])).out.split('\n')[0] ?? '', 'output of user')

  const password = vault.make('password')
  const registering = { email: member, password, name: 'Asha', invitation: vault.make('wrong invitation') }
  await say(400, '/api/auth/register', { json: { ...registering, password: vault.make('long password').repeat(50) } })
  await say(400, '/api/auth/register', { json: { ...registering, email: vault.make('password as address') } })
  await say(201, '/api/auth/register', { json: { ...registering, invitation } })
  await say(400, '/api/auth/register', { json: { ...registering, invitation } })
  const signedIn = (await say<SignedIn>(200, '/api/auth/login', { json: { email: member, password } })).body
  keepTokens(server, 'of the member', signedIn)
  const headers = bearer(signedIn.access)
  const me = await say<{ client_code: string }>(200, '/api/auth/me', { headers, tellsNothing: true })
  const { access, access_token: session } = signedIn
  return { email: member, password, access, session, clientCode: me.body.client_code }
}

function keepTokens({ vault }: WatchedServer, whose: string, tokens: SignedIn): void {
  vault.keepToken(`session token ${whose}`, tokens.access_token)
  vault.keepToken(`access token ${whose}`, tokens.access)
  vault.keepToken(`refresh token ${whose}`, tokens.refresh)
}

/** Signs in wrongly in every way, then refreshes, and reuses what was spent. */
export async function signInAndRefresh(server: WatchedServer, { email, password }: Traveller): Promise<void> {
  const { say, vault } = server
  const path = '/api/auth/login'
  await say(401, path, { json: { email, password: vault.make('wrong password') } })
  await say(401, path, { json: { email: 'nobody@example.com', password: vault.make('password of nobody') } })
  await say(401, path, { json: { email: vault.make('password typed as address'), password } })
  for (const shape of [[password], { password }, 5, null]) await say(400, path, { json: { email, password: shape } })
  await say(400, path, { json: { email, [vault.make('secret as member name')]: password } })

  const reply = await say<SignedIn>(200, path, { json: { email, password, otp: vault.make('unknown member') } })
  const device = /banyan_device=([^;]+)/.exec(reply.headers.getSetCookie().join('\n'))?.[1]
  if (device !== undefined) vault.keep('device token', device)
  const [first, refreshPath] = [reply.body, '/api/auth/refresh']
  keepTokens(server, 'to be refreshed', first)
  const second = (await say<SignedIn>(200, refreshPath, { json: { refresh: first.refresh } })).body
  keepTokens(server, 'refreshed', second)
  const third = (await say<SignedIn>(200, refreshPath, { json: { refresh: second.refresh } })).body
  keepTokens(server, 'refreshed twice', third)
  await say(401, refreshPath, { json: { refresh: `${third.refresh}x` } })
  await say(401, refreshPath, { json: { refresh: third.access } })
  await say(401, refreshPath, { json: { refresh: vault.make('invented refresh token') } })
  await say(401, refreshPath, { json: { refresh: first.refresh } })
  await say(401, refreshPath, { json: { refresh: third.refresh } })
  await say(200, '/api/auth/logout', { method: 'POST', headers: bearer(third.access), tellsNothing: true })
}

/** Switches TOTP on, passes it and fails it, and spends recovery codes. Ends with TOTP off. */
export async function useSecondFactor(server: WatchedServer, { email, password, access }: Traveller): Promise<void> {
  const { say, vault } = server
  const headers = bearer(access)
  const enrolled = { headers, json: { password } }
  await betweenSteps()
  await say(403, '/api/auth/totp/enrol', { headers, json: { password: vault.make('wrong password again') } })
  const { secret } = (await say<{ secret: string }>(200, '/api/auth/totp/enrol', enrolled)).body
  keepTotpSecret(server, 'TOTP secret', secret)
  const code = (steps: number) => vault.choose('TOTP code', totpCode(secret, Date.now() + steps * 30_000))
  await say(400, '/api/auth/totp/confirm', { headers, json: { code: vault.make('secret as code') } })
  const confirmed = await say<{ recovery_codes: string[] }>(200, '/api/auth/totp/confirm', {
    headers,
    json: { code: code(-1) },
  })
  const recoveryCodes = confirmed.body.recovery_codes.map((text) => vault.keep('recovery code', text))

  const { challenge } = (await say<{ challenge: string }>(401, '/api/auth/login', { json: { email, password } })).body
  vault.keepToken('challenge', challenge)
  const verify = '/api/auth/login/verify'
  await say(400, verify, { json: { challenge, code: vault.make('secret as second factor') } })
  await say(401, verify, { json: { challenge, code: '0000000000' } })
  await say(401, verify, { json: { challenge: vault.make('invented challenge'), code: '000000' } })
  await say(401, '/api/auth/me', { headers: bearer(challenge) })
  keepTokens(server, 'by TOTP', (await say<SignedIn>(200, verify, { json: { challenge, code: code(0) } })).body)
  await say(401, verify, { json: { challenge, code: code(1) } })
  const again = (await say<{ challenge: string }>(401, '/api/auth/login', { json: { email, password } })).body
  vault.keepToken('second challenge', again.challenge)
  const byRecovery = { json: { challenge: again.challenge, code: recoveryCodes[0] } }
  keepTokens(server, 'by recovery code', (await say<SignedIn>(200, verify, byRecovery)).body)

  const renewing = { headers, json: { password, code: recoveryCodes[1] } }
  const renewed = await say<{ recovery_codes: string[] }>(200, '/api/auth/totp/recovery-codes', renewing)
  const fresh = renewed.body.recovery_codes.map((text) => vault.keep('new recovery code', text))
  await say(401, '/api/auth/totp/disable', { headers, json: { password, code: recoveryCodes[2] } })
  await say(200, '/api/auth/totp/disable', { headers, json: { password, code: fresh[0] } })
}

export function keepTotpSecret({ vault }: WatchedServer, name: string, secret: string): void {
  vault.keep(name, secret)
  const bits = [...secret]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('')
  const bytes = Buffer.from((bits.match(/[01]{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  vault.keep(`${name} as its bytes in hex`, bytes.toString('hex'))
  vault.keep(`${name} as its bytes in base64`, bytes.toString('base64').replaceAll('=', ''))
}

/** Changes password and address, and lets the password be forgotten. Returns the traveller with what is good now. */
export async function changeSecrets(server: WatchedServer, traveller: Traveller): Promise<Traveller> {
  const { say, vault, mailbox } = server
  const { email, password, access } = traveller
  const headers = bearer(access)
  const changed = vault.make('changed password')
  const asked = { current_password: vault.make('wrong current password'), new_password: changed }
  await say(403, '/api/auth/password', { headers, json: asked })
  await say(400, '/api/auth/password', { headers, json: { ...asked, current_password: password, new_password: 7 } })
  await say(200, '/api/auth/password', { headers, json: { ...asked, current_password: password }, tellsNothing: true })

  await say(202, '/api/auth/me', { method: 'PATCH', headers, json: { email: 'new@example.com', password: changed } })
  const mailed = await mailbox.next('new@example.com', /^\s*(\d{6})\s*$/m)
  const code = vault.keep('code for an address', mailed, 'home/outbox/')
  const confirm = { email: 'new@example.com', password: changed, code }
  await say(400, '/api/auth/me', { method: 'PATCH', headers, json: { ...confirm, code: vault.make('secret as code') } })
  await say(200, '/api/auth/me', { method: 'PATCH', headers, json: confirm, tellsNothing: true })
  await say(202, '/api/auth/me', { method: 'PATCH', headers, json: { email, password: changed } })
  const backCode = vault.keep('second code', await mailbox.next(email, /^\s*(\d{6})\s*$/m), 'home/outbox/')
  await say(200, '/api/auth/me', { method: 'PATCH', headers, json: { email, password: changed, code: backCode } })

  await say(202, '/api/auth/password/forgot', { json: { email } })
  await say(400, '/api/auth/password/forgot', { json: { email: vault.make('password as forgotten address') } })
  const link = await mailbox.next(email, /#\S*?([A-Za-z0-9_-]{43})/)
  const token = vault.keep('reset token', link, 'home/outbox/')
  const reset = vault.make('reset password')
  await say(400, '/api/auth/password/reset', {
    json: { token: vault.make('invented reset token'), new_password: reset },
  })
  await say(400, '/api/auth/password/reset', { json: { token, new_password: `${email}` } })
  await say(200, '/api/auth/password/reset', { json: { token, new_password: reset }, tellsNothing: true })
  await say(400, '/api/auth/password/reset', { json: { token, new_password: reset } })
  const signedIn = (await say<SignedIn>(200, '/api/auth/login', { json: { email, password: reset } })).body
  keepTokens(server, 'after the reset', signedIn)
  return { ...traveller, password: reset, access: signedIn.access, session: signedIn.access_token }
}

/** Makes and uses API keys, asks for passkeys, and reads everything an account may read of itself. */
export async function useKeysAndLists(server: WatchedServer, { access, password }: Traveller): Promise<void> {
  const { say, vault } = server
  const headers = bearer(access)
  const key = (await say<{ key: string; id: string }>(201, '/api/keys', { headers, json: { name: 'Script' } })).body
  vault.keep('API key', key.key)
  await say(400, '/api/keys', { headers, json: { name: 'Script', scopes: [vault.make('secret as scope')] } })
  await say(400, '/api/keys', { headers, json: { name: 'Script', expires_at: vault.make('secret as time') } })
  await say(403, `/api/auth/me?api_key=${key.key}`)
  await say(403, '/api/auth/me', { headers: { 'x-api-key': key.key } })
  await say(400, `/api/auth/me?api_key=${key.key}`, { headers: { 'x-api-key': key.key } })
  await say(401, `/api/auth/me?api_key=${vault.makeWord('invented key')}`)
  await say(200, `/api/keys/${key.id}`, { method: 'DELETE', headers, tellsNothing: true })
  await say(401, '/api/auth/me', { headers: { 'x-api-key': key.key } })

  await say(403, '/api/auth/factors/passkeys/options', { headers, json: { password: vault.make('passkey password') } })
  const asked = { headers, json: { password } }
  const made = (await say<{ ticket: string }>(200, '/api/auth/factors/passkeys/options', asked)).body
  vault.keep('ticket to add a passkey', made.ticket)
  const response = { id: vault.makeWord('passkey id'), response: { clientDataJSON: vault.make('passkey response') } }
  await say(401, '/api/auth/factors/passkeys', { headers, json: { ticket: made.ticket, name: 'Laptop', response } })
  const use = (await say<{ ticket: string }>(200, '/api/auth/login/passkey/options', { json: {} })).body
  vault.keep('ticket to use a passkey', use.ticket)
  await say(401, '/api/auth/login/passkey', { json: { ticket: use.ticket, response } })
  await say(401, '/api/auth/login/passkey', { json: { ticket: vault.make('invented ticket'), response } })
  await say(400, '/api/auth/factors/sso', { headers, json: { token: vault.make('invented assertion'), password } })

  for (const path of ['/api/auth/me', '/api/auth/factors', '/api/auth/sessions', '/api/keys', '/api/applications'])
    await say(200, path, { headers, tellsNothing: true })
  await say(200, '/api/audit?limit=200', { headers, tellsNothing: true })
  await say(200, '/api/auth/me/export', { method: 'POST', headers, tellsNothing: true })
}
