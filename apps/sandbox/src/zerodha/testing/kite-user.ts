import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import type { QuietSandbox } from '../../testing/quiet-sandbox.ts'

export interface KiteAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of the vendor's JSON
  readonly body: any
}

/** Somebody signed in, as a program sees it. */
export interface KiteUser {
  readonly apiKey: string
  readonly accessToken: string
  readonly session: KiteAnswer
  /** Calls with the session's credentials; a second passes first, so that no limit is met. */
  get(path: string): Promise<KiteAnswer>
}

export interface SignInParts {
  readonly apiKey?: string
  readonly userId?: string
}

/** Agrees on the login page and returns the address the browser is sent to. */
export async function agree(sandbox: QuietSandbox, parts: SignInParts = {}, redirectParams = ''): Promise<URL> {
  const { apiKey = 'sandbox', userId = 'AB1234' } = parts
  const response = await fetch(`${sandbox.urls.zerodha.rest}/connect/finish`, {
    method: 'POST',
    body: new URLSearchParams({ api_key: apiKey, user_id: userId, redirect_params: redirectParams }),
    redirect: 'manual',
  })
  return new URL(response.headers.get('location') ?? '')
}

export async function exchangeToken(
  sandbox: QuietSandbox,
  apiKey: string,
  requestToken: string,
  checksum = checksumOf(apiKey, requestToken),
): Promise<KiteAnswer> {
  const body = new URLSearchParams({ api_key: apiKey, request_token: requestToken, checksum })
  return answerOf(await fetch(`${sandbox.urls.zerodha.rest}/session/token`, { method: 'POST', body }))
}

export function checksumOf(apiKey: string, requestToken: string, apiSecret = `${apiKey}-secret`): string {
  return createHash('sha256').update(`${apiKey}${requestToken}${apiSecret}`).digest('hex')
}

export async function signIn(sandbox: QuietSandbox, parts: SignInParts = {}): Promise<KiteUser> {
  const { apiKey = 'sandbox' } = parts
  const requestToken = (await agree(sandbox, parts)).searchParams.get('request_token') ?? ''
  const session = await exchangeToken(sandbox, apiKey, requestToken)
  const accessToken = String(session.body.data?.access_token)
  return {
    apiKey,
    accessToken,
    session,
    get(path) {
      sandbox.wall.advance(1_000)
      return getAs(sandbox, path, `token ${apiKey}:${accessToken}`)
    },
  }
}

/** Calls with that `Authorization`, none when it is left out, and at once. */
export async function getAs(sandbox: QuietSandbox, path: string, authorization?: string): Promise<KiteAnswer> {
  const headers = { 'x-kite-version': '3', ...(authorization !== undefined && { authorization }) }
  return answerOf(await fetch(`${sandbox.urls.zerodha.rest}${path}`, { headers }))
}

export async function answerOf(response: Response): Promise<KiteAnswer> {
  const text = await response.text()
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text }
}

/** What a refusal looks like. */
export const refusal = (status: number, errorType: string) => ({
  status,
  body: { status: 'error', error_type: errorType, data: null, message: expect.any(String) },
})
