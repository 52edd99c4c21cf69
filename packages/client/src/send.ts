import type { ErrorBody } from '@banyan/contracts'
import { ApiError, ConnectionError } from './api-error.ts'

export interface Transport {
  readonly baseUrl: string
  readonly fetch: typeof fetch
  readonly timeoutMs: number
}

/**
 * Returns the JSON body of one GET. Statuses in `alsoGood` are answers with the same body, not errors.
 *
 * @throws {ApiError} when the server refuses or the body is not JSON.
 * @throws {ConnectionError} when no whole answer arrives in time.
 * @throws the caller's own abort reason, unchanged, when `signal` fires.
 */
export async function getJson<T>(
  transport: Transport,
  path: string,
  signal: AbortSignal | undefined,
  alsoGood: readonly number[] = [],
): Promise<T> {
  const timeout = AbortSignal.timeout(transport.timeoutMs)
  const both = signal ? AbortSignal.any([signal, timeout]) : timeout
  const { response, text } = await exchange(transport, path, both).catch((cause: unknown) => {
    if (signal?.aborted) throw signal.reason
    throw connectionError(cause, timeout, transport.timeoutMs)
  })
  const body = parse(text)
  if (body === undefined) throw unexpected(response)
  if (response.ok || alsoGood.includes(response.status)) return body as T
  throw isErrorBody(body) ? refusal(response, body) : unexpected(response)
}

async function exchange(transport: Transport, path: string, signal: AbortSignal) {
  const send = transport.fetch
  const response = await send(`${transport.baseUrl}${path}`, { signal, headers: { accept: 'application/json' } })
  return { response, text: await response.text() }
}

function connectionError(cause: unknown, timeout: AbortSignal, timeoutMs: number): ConnectionError {
  if (timeout.aborted) return new ConnectionError('timeout', `No answer within ${timeoutMs / 1000} s.`, { cause })
  return new ConnectionError('unreachable', 'The server cannot be reached.', { cause })
}

/** Returns undefined for a text that is not JSON; JSON itself has no undefined. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body
}

function refusal(response: Response, body: ErrorBody): ApiError {
  return new ApiError(body.message, {
    code: body.code,
    status: response.status,
    details: body.details ?? [],
    requestId: body.request_id ?? response.headers.get('x-request-id'),
    retryAfterS: retryAfterS(response),
  })
}

function unexpected(response: Response): ApiError {
  return new ApiError(`The answer (status ${response.status}) does not come from a Banyan server.`, {
    code: 'unexpected_response',
    status: response.status,
    details: [],
    requestId: response.headers.get('x-request-id'),
    retryAfterS: retryAfterS(response),
  })
}

/** The server writes whole seconds; a proxy's HTTP date counts as "not named". */
function retryAfterS(response: Response): number | null {
  const text = response.headers.get('retry-after')
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}
