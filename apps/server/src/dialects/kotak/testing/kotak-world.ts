import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { join } from 'node:path'
import { dayMs, istDate, istMidnight } from '@banyan/domain'
import type { IdentityModule } from '../../../modules/identity/index.ts'
import { testOrigin } from '../../../modules/identity/testing/identity-core.ts'
import { startIdentityServer } from '../../testing/identity-server.ts'

export interface KotakReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly body: object
  readonly fault: { readonly code: number; readonly message: string; readonly description: string } | undefined
  /** The tokens a good reply carries; empty in any other. */
  readonly oneTimeToken: string
  readonly sessionToken: string
  /** Without what differs from reply to reply. */
  readonly comparableHeaders: IncomingHttpHeaders
}

/** Undefined leaves a header out. */
type Headers = Readonly<Record<string, string | undefined>>
type Members = Readonly<Record<string, unknown>>

export interface WorldOptions {
  readonly publicUrl?: string
  readonly trustProxy?: readonly string[]
  readonly isLimited?: boolean
  /** Stands in for the core of its own. */
  readonly identity?: IdentityModule
}

export type KotakWorld = Awaited<ReturnType<typeof startKotakWorld>>
export type KotakPerson = Awaited<ReturnType<KotakWorld['createPerson']>>

/** Starts the server over a real account core, for people who each have an account and an application. */
export async function startKotakWorld({ publicUrl, trustProxy, isLimited = false, identity }: WorldOptions = {}) {
  const server = await startIdentityServer({
    isLimited,
    parts: { publicUrl: publicUrl ?? null, ...(identity && { identity }) },
    http: { trustProxy: trustProxy ?? [] },
  })
  const agent = new Agent({ keepAlive: true })
  const outbox = join(server.folder, 'outbox')
  let people = 0
  let addresses = 0
  let strangers = 0

  async function call(
    method: string,
    path: string,
    { headers = {}, body }: { headers?: Headers | undefined; body?: string | undefined } = {},
  ): Promise<KotakReply> {
    const { status, received, text } = await exchange(agent, server.port, method, path, headers, body)
    return toReply(status, received, text)
  }

  return {
    server,
    port: server.port,
    turn: server.turn,
    /** Turns the clock on to the next time the day shows this in India. */
    turnTo(timeOfDay: string): void {
      const today = istMidnight(istDate(server.now()))
      const ofDay = Date.parse(`1970-01-01T${timeOfDay}Z`)
      server.turnTo(today + ofDay > server.now() ? today + ofDay : today + dayMs + ofDay)
    },
    call,
    newAddress: () => `10.0.${Math.floor(++addresses / 250)}.${(addresses % 250) + 1}`,
    unknownClientCode: () => `NOBODY${String(++strangers).padStart(5, '0')}`,
    /** Puts a file where the outbox folder was, so that no mail can be stored. */
    breakMail(): void {
      renameSync(outbox, `${outbox}-away`)
      writeFileSync(outbox, '')
    },
    mendMail(): void {
      rmSync(outbox)
      renameSync(`${outbox}-away`, outbox)
    },
    codeFor: ({ email }: { readonly email: string }) => server.codeFor(email),
    async mailsTo({ email }: { readonly email: string }) {
      return (await server.mails()).filter(({ to, code }) => to === email && code !== null)
    },
    async createPerson({ password = 'p@ssw0rd-9 of theirs' }: { password?: string } = {}) {
      const email = `person${++people}@example.com`
      const signedIn = await server.addAccount(email, password)
      const application = await server.addApplication(signedIn)
      const caller = await server.identity.credentials.checkToken(signedIn.tokens.access, ['access'])
      const { consumerKey, consumerSecret, accessToken } = application
      const { clientCode } = signedIn.account
      const person = personOf(call, { clientCode, password, consumerKey, consumerSecret, accessToken })
      return {
        ...person,
        email,
        /** The same person under /api. */
        caller,
        /** Both factors, to a session. */
        async signIn(): Promise<KotakReply> {
          const { oneTimeToken } = await person.login()
          return person.sendCode(oneTimeToken, await server.codeFor(email))
        },
        changeApplication: (changes: { readonly isEnabled?: boolean; readonly noAccessCode?: boolean }) =>
          server.identity.applications.update(caller, application.id, changes, testOrigin),
      }
    },
    async close(): Promise<void> {
      agent.destroy()
      await server.close()
    },
  }
}

interface Secrets {
  readonly clientCode: string
  readonly password: string
  readonly consumerKey: string
  readonly consumerSecret: string
  readonly accessToken: string
}

type Call = (method: string, path: string, sent?: { headers?: Headers; body?: string }) => Promise<KotakReply>

/** One person's program. Each call sends what the contract asks for; the arguments change that. */
function personOf(call: Call, secrets: Secrets) {
  const { clientCode, password, consumerKey, consumerSecret, accessToken } = secrets
  const session = '/session/1.0/session'
  const callHeaders = {
    authorization: `Bearer ${accessToken}`,
    consumerKey,
    ip: '127.0.0.1',
    appId: 'DefaultApplication',
    'content-type': 'application/json',
  }
  const initHeaders = { ...callHeaders, userid: clientCode }
  const keyAndSecret = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')
  const post = (path: string, members: Members, headers: Headers) =>
    call('POST', `/apim${session}${path}`, { headers: { ...callHeaders, ...headers }, body: JSON.stringify(members) })
  const form = (path: string, body: string, headers: Headers = {}) =>
    call('POST', path, {
      headers: { authorization: keyAndSecret, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    })
  return {
    ...secrets,
    callHeaders,
    initHeaders,
    keyAndSecret,
    form,
    init: (headers: Headers = {}, prefix = '/apim') =>
      call('GET', `${prefix}${session}/init`, { headers: { ...initHeaders, ...headers } }),
    login: (members: Members = {}, headers: Headers = {}) =>
      post('/login/userid', { userid: clientCode, password, ...members }, headers),
    sendCode: (oneTimeToken: string | undefined, accessCode: unknown, members: Members = {}, headers: Headers = {}) =>
      post('/2FA/accesscode', { userid: clientCode, accessCode, ...members }, { oneTimeToken, ...headers }),
    sendToken: (oneTimeToken: string | undefined, headers: Headers = {}) =>
      post('/2FA/oneTimeToken', { userid: clientCode }, { oneTimeToken, ...headers }),
    logout: (sessionToken: string | undefined, headers: Headers = {}) =>
      call('DELETE', `/apim${session}/logout`, { headers: { ...initHeaders, sessionToken, ...headers } }),
    token: (fields: Record<string, string>, authorization: string = keyAndSecret) =>
      form('/apim/token', String(new URLSearchParams(fields)), { authorization }),
    revoke: (fields: Record<string, string>, authorization: string = keyAndSecret) =>
      form('/apim/revoke', String(new URLSearchParams(fields)), { authorization }),
  }
}

function exchange(
  agent: Agent,
  port: number,
  method: string,
  path: string,
  headers: Headers,
  body: string | undefined,
): Promise<{ status: number; received: IncomingHttpHeaders; text: string }> {
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { agent, host: '127.0.0.1', port, method, path, headers: { ...sent, ...length } },
      (reply) => {
        const chunks: Buffer[] = []
        reply.on('data', (chunk: Buffer) => void chunks.push(chunk))
        reply.on('end', () => {
          resolve({ status: reply.statusCode ?? 0, received: reply.headers, text: Buffer.concat(chunks).toString() })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function toReply(status: number, headers: IncomingHttpHeaders, text: string): KotakReply {
  const body = JSON.parse(text)
  const { 'x-request-id': _id, date: _date, ...comparableHeaders } = headers
  return {
    status,
    headers,
    text,
    body,
    fault: body.fault,
    oneTimeToken: body.Success?.oneTimeToken ?? '',
    sessionToken: body.success?.sessionToken ?? '',
    comparableHeaders,
  }
}
