import type { ErrorBody } from '@banyan/contracts'
import { ApiError } from './api-error.ts'
import { withDeadline } from './deadline.ts'
import { type Answer, exchange, isOk, retryAfterS, type Send } from './exchange.ts'
import { parseJson } from './json.ts'

/** Far above the longest answer in JSON, 5,000 candles. */
const MAX_BYTES = 16 << 20
/** Of an exported file. */
const MAX_TEXT_BYTES = 64 << 20

export interface Transport {
  readonly baseUrl: string
  readonly fetch: Send
  readonly timeoutMs: number
}

export interface JsonCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  /** Sent as JSON; undefined for a call without a body. */
  readonly body?: unknown
  /** Sent as `text/csv` in place of JSON. */
  readonly csv?: string
  /** Sent as `Bearer`; null for none. */
  readonly token?: string | null
  readonly signal?: AbortSignal | undefined
  /** For a call that takes longer than the transport's `timeoutMs` by nature. */
  readonly leastTimeoutMs?: number
  /** Tells of an answer that is not 2xx whether it is one all the same, with a body of its own. */
  readonly isAnswer?: (status: number, body: unknown) => boolean
}

/**
 * Returns the JSON body of one answer.
 *
 * @throws {ApiError} when the server refuses or the body is not JSON.
 * @throws {ConnectionError} when no whole answer arrives in time.
 * @throws the caller's own abort reason, unchanged, when `signal` fires.
 */
export async function sendJson<T>(transport: Transport, call: JsonCall): Promise<T> {
  const answer = await ask(transport, call, { accept: 'application/json', maxBytes: MAX_BYTES })
  const body = answer.cut ? undefined : parseJson(answer.text)
  if (body === undefined) throw unexpected(answer)
  if (isOk(answer) || call.isAnswer?.(answer.status, body)) return body as T
  throw isErrorBody(body) ? refusal(answer, body) : unexpected(answer)
}

/** Returns the text of one answer of type `text/csv`. Throws as {@link sendJson} does. */
export async function sendForCsv(transport: Transport, call: JsonCall): Promise<string> {
  const answer = await ask(transport, call, { accept: 'text/csv, application/json', maxBytes: MAX_TEXT_BYTES })
  const isCsv = answer.headers.get('content-type')?.startsWith('text/csv') === true
  if (isOk(answer) && isCsv && !answer.cut) return answer.text
  const body = answer.cut ? undefined : parseJson(answer.text)
  throw isErrorBody(body) ? refusal(answer, body) : unexpected(answer)
}

function ask(
  transport: Transport,
  { method, path, body, csv, token = null, signal, leastTimeoutMs = 0 }: JsonCall,
  { accept, maxBytes }: { readonly accept: string; readonly maxBytes: number },
): Promise<Answer> {
  const headers: Record<string, string> = { accept }
  const sent = csv ?? (body === undefined ? undefined : JSON.stringify(body))
  if (sent !== undefined) headers['content-type'] = csv === undefined ? 'application/json' : 'text/csv; charset=utf-8'
  if (token !== null) headers['authorization'] = `Bearer ${token}`
  const outgoing = { method, headers, ...(sent === undefined ? {} : { body: sent }) }
  const timeoutMs = Math.max(transport.timeoutMs, leastTimeoutMs)
  return withDeadline({ timeoutMs, signal }, (both) =>
    exchange(transport.fetch, `${transport.baseUrl}${path}`, { ...outgoing, signal: both }, maxBytes),
  )
}

/** Returns the JSON body of one GET, as {@link sendJson} does. Statuses in `alsoGood` are answers with the same body, not errors. */
export function getJson<T>(
  transport: Transport,
  path: string,
  signal: AbortSignal | undefined,
  alsoGood: readonly number[] = [],
): Promise<T> {
  return sendJson(transport, { method: 'GET', path, signal, isAnswer: (status) => alsoGood.includes(status) })
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body
}

function refusal(answer: Answer, body: ErrorBody): ApiError {
  return new ApiError(body.message, {
    code: body.code,
    status: answer.status,
    details: body.details ?? [],
    requestId: body.request_id ?? answer.headers.get('x-request-id'),
    retryAfterS: retryAfterS(answer.headers),
  })
}

function unexpected(answer: Answer): ApiError {
  return new ApiError(`The answer (status ${answer.status}) does not come from a Banyan server.`, {
    code: 'unexpected_response',
    status: answer.status,
    details: [],
    requestId: answer.headers.get('x-request-id'),
    retryAfterS: retryAfterS(answer.headers),
  })
}
