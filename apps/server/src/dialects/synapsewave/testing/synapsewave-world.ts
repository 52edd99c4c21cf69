import { join } from 'node:path'
import type { SynapsewaveRegistered, SynapsewaveSession } from '@banyan/contracts'
import { listOutbox } from '../../../infra/mail/list-outbox.ts'
import type { AccountView, SessionCaller } from '../../../modules/identity/index.ts'
import { testOrigin } from '../../../modules/identity/testing/identity-core.ts'
import { type IdentityServerOptions, startIdentityServer } from '../../testing/identity-server.ts'
import { userPath } from '../synapsewave-parts.ts'
import { audience, startSsoIssuer } from './sso-issuer.ts'
import { totpCode } from './totp-code.ts'

export const password = 'mypassword123'
export const mpin = '482910'
export const trustedUdid = 'A1B2C3D4E5F6'

/** A reply as the vendor's client sees it. `text` is the body to the byte. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: {
    readonly status?: string | boolean
    readonly code?: string
    readonly message?: string
    readonly errors?: string
    readonly data?: unknown
    readonly result?: readonly { readonly message: string; readonly errors?: string }[]
  }
}

export interface Person extends AccountView {
  readonly caller: SessionCaller
  /** Returns the code of a time step not used yet; turns the clock for it. */
  code(): string
  /** Returns the code the authenticator shows `ms` from now. */
  codeAt(ms: number): string
}

interface Enrolment {
  readonly totp?: boolean
  /** Registers and trusts {@link trustedUdid}, and sets the MPIN. */
  readonly device?: boolean
  readonly otpBesideTotp?: boolean
}

export type World = Awaited<ReturnType<typeof startWorld>>

/** The whole server with its identity module, an issuer for single sign-on, and two applications. */
export async function startWorld(options: IdentityServerOptions = {}) {
  const sso = await startSsoIssuer()
  const { issuer, jwksUri } = sso
  const trusted = { issuer, audience, jwksUri, algorithms: ['ES256'], userClaim: 'ucc' } as const
  const server = await startIdentityServer({ identity: { ssoIssuers: [trusted] }, ...options })
  const { identity } = server
  let people = 0

  async function addPerson(enrolment: Enrolment = {}): Promise<Person> {
    const email = `person${++people}@example.com`
    await identity.administration.create({ email, password, name: 'Asha Rao', role: 'member' })
    const caller = await signInTo(email)
    let secret = ''
    if (enrolment.totp) {
      secret = (await identity.factors.enrolTotp(caller, password, testOrigin)).secret
      await identity.factors.confirmTotp(caller, totpCode(secret, server.now()), testOrigin)
    }
    if (enrolment.device) await identity.factors.setMpin(caller, { mpin, udid: trustedUdid }, testOrigin)
    if (enrolment.otpBesideTotp)
      await identity.accounts.update(caller, { changes: { otpBesideTotp: true }, password }, testOrigin)
    return {
      ...(await identity.accounts.view(caller.accountId)),
      caller,
      codeAt: (ms) => totpCode(secret, server.now() + ms),
      code() {
        server.turn(30_000)
        return totpCode(secret, server.now())
      },
    }
  }

  async function signInTo(email: string): Promise<SessionCaller> {
    const signed = await identity.signIn.withPassword({ email, password }, testOrigin)
    if (!('signedIn' in signed)) throw new Error('a new account has no second factor')
    return identity.credentials.checkToken(signed.signedIn.tokens.session, ['session'])
  }

  const owner = await addPerson()
  const addApplication = (name: string) =>
    identity.applications.create(owner.caller, { name, accessTokenDays: 1 }, testOrigin)
  const { consumerKey: key } = await addApplication('A')
  const { consumerKey: otherKey } = await addApplication('B')

  async function call(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const url = server.url + (path.startsWith('/') ? path : `${userPath}/${path}`)
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const init = { method, headers: { ...type, ...headers }, ...(body ? { body: JSON.stringify(body) } : {}) }
    const reply = await fetch(url, init)
    const text = await reply.text()
    return { status: reply.status, headers: reply.headers, text, body: JSON.parse(text) }
  }

  const credsOf = (user: string | Person, api_key = key) => ({
    user_id: typeof user === 'string' ? user : user.clientCode,
    api_key,
    source: 'WEBAPI',
  })

  return {
    server,
    identity,
    sso,
    key,
    otherKey,
    owner,
    addPerson,
    addApplication,
    call,
    credsOf,
    /** A login of `user` with the creds and what `members` say. */
    login: (user: string | Person, members: object, headers?: Record<string, string>) =>
      call('POST', 'session', { ...credsOf(user), ...members }, headers),
    /** A call whose body is the creds of `user` and `members`. */
    send: (method: string, path: string, user: string | Person, members: object = {}) =>
      call(method, path, { ...credsOf(user), ...members }),
    bearer: (method: string, path: string, token: string, body?: object) =>
      call(method, path, body, { authorization: `Bearer ${token}` }),
    /** Returns the code of the newest mail with one to the person. Reads only the newest mails: tests here send hundreds. */
    async mailedCode({ email }: AccountView): Promise<string> {
      await server.background.idle()
      const mails = await listOutbox(join(server.folder, 'outbox'), 10)
      const codes = mails.flatMap((mail) => (mail.to === email ? (/^\s*(\d{6})\s*$/m.exec(mail.text)?.[1] ?? []) : []))
      return codes[0] ?? `no code for ${email}`
    },
    async close() {
      await server.close()
      await sso.close()
    },
  }
}

export function sessionIn(reply: Reply): SynapsewaveSession {
  if (reply.status !== 200) throw new Error(`no session: ${reply.text}`)
  return reply.body.data as SynapsewaveSession
}

export function registeredIn(reply: Reply): SynapsewaveRegistered {
  if (reply.status !== 200) throw new Error(`not registered: ${reply.text}`)
  return reply.body.data as SynapsewaveRegistered
}

/** What a reply says in a word: `200`, or its e-number. */
export function wordOf({ status, body }: Reply): string {
  return status === 200 ? '200' : (body.errors ?? body.result?.[0]?.errors ?? String(status))
}
