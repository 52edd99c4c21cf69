import type { ErrorBody, LoginReply } from '@banyan/contracts'
import { parseSetCookie, type SetCookie } from 'cookie'
import type { IdentityServer } from './identity-server.ts'

export interface ApiReply<T> {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: T
  readonly cookies: readonly SetCookie[]
}

export type ApiCalls = ReturnType<typeof createApiCalls>

/** Password of every account these calls make. */
export const password = 'correct horse 9'

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
export const cookie = (token: string) => ({ cookie: `access_token_cookie=${token}` })

/** Calls the routes below `/api` as a program does: no Origin and no cookies of its own accord. */
export function createApiCalls(server: Pick<IdentityServer, 'url'>) {
  async function send<T = ErrorBody>(
    method: string,
    path: string,
    { body, headers = {} }: { readonly body?: unknown; readonly headers?: Record<string, string> } = {},
  ): Promise<ApiReply<T>> {
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const init = {
      method,
      headers: { ...type, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
    const reply = await fetch(server.url + path, init)
    const text = await reply.text()
    const cookies = reply.headers.getSetCookie().map((line) => parseSetCookie(line))
    return {
      status: reply.status,
      headers: reply.headers,
      text,
      body: (text === '' ? null : JSON.parse(text)) as T,
      cookies,
    }
  }

  return {
    send,
    get: <T = ErrorBody>(path: string, headers: Record<string, string> = {}) => send<T>('GET', path, { headers }),
    post: <T = ErrorBody>(path: string, body?: unknown, headers: Record<string, string> = {}) =>
      send<T>('POST', path, { body, headers }),
    patch: <T = ErrorBody>(path: string, body?: unknown, headers: Record<string, string> = {}) =>
      send<T>('PATCH', path, { body, headers }),
    delete: <T = ErrorBody>(path: string, body?: unknown, headers: Record<string, string> = {}) =>
      send<T>('DELETE', path, { body, headers }),
    async register(email: string, more: object = {}): Promise<LoginReply> {
      const reply = await send<LoginReply>('POST', '/api/auth/register', { body: { email, password, ...more } })
      if (reply.status !== 201) throw new Error(`not registered: ${reply.text}`)
      return reply.body
    },
    login: <T = LoginReply>(email: string, given = password, headers: Record<string, string> = {}) =>
      send<T>('POST', '/api/auth/login', { body: { email, password: given }, headers }),
  }
}

/** Returns what a reply says in a word: its status, and of a refusal the code by which its API names it. */
export function wordOf({ status, body }: Pick<ApiReply<unknown>, 'status' | 'body'>): string {
  const said = (body ?? {}) as {
    readonly code?: string
    readonly errors?: string
    readonly fault?: { readonly code: number }
    readonly result?: readonly [{ readonly errors?: string }]
  }
  const code = status < 400 ? undefined : (said.fault?.code ?? said.result?.[0].errors ?? said.errors ?? said.code)
  return code === undefined ? String(status) : `${status} ${code}`
}
