import { ConnectionError } from '../api-error.ts'
import { withDeadline } from '../deadline.ts'
import type { Answer, Outgoing } from '../exchange.ts'
import { realWait, retry } from '../retry.ts'
import { exchangeWithinOrigin } from '../same-origin.ts'
import { version } from '../version.ts'
import { KsApiError } from './ks-error.ts'
import type { KsSettings } from './ks-options.ts'

export interface KsCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Base and path, joined as they are: a base that ends in a slash yields two (kotak.md §1). */
  readonly url: string
  /** Those beside the ones every call carries. */
  readonly headers?: Record<string, string>
  readonly body?: object
}

/**
 * Returns the answer to one call and how many tries it took; a POST is tried once.
 *
 * @throws {KsApiError} with status 0 when no whole answer came.
 */
export async function callKs(settings: KsSettings, call: KsCall): Promise<{ answer: Answer; tries: number }> {
  const { send, timeoutMs } = settings
  const outgoing = toOutgoing(settings, call)
  const attempt = () =>
    withDeadline({ timeoutMs }, (signal) => exchangeWithinOrigin({ send, url: call.url, outgoing, signal }))
  try {
    return await retry(attempt, call.method === 'POST' ? 0 : settings.maxRetries, realWait)
  } catch (cause) {
    if (cause instanceof ConnectionError) throw noAnswer(cause, timeoutMs)
    throw cause
  }
}

function toOutgoing(settings: KsSettings, { method, headers, body }: KsCall): Outgoing {
  return {
    method,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': `banyan-client/${version}`,
      authorization: `Bearer ${settings.accessToken}`,
      consumerKey: settings.consumerKey,
      ip: settings.ip,
      appId: settings.appId,
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  }
}

function noAnswer(error: ConnectionError, timeoutMs: number): KsApiError {
  const reason = error.code === 'timeout' ? `Timeout after ${timeoutMs} ms` : `Network error: ${rootCause(error)}`
  return new KsApiError({ status: 0, reason, body: '' }, { cause: error })
}

/** Returns what happened first, such as `connect ECONNREFUSED 127.0.0.1:8080`; of several addresses only the code. */
function rootCause(error: Error): string {
  if (error.cause instanceof Error) return rootCause(error.cause)
  return error.message || String(Reflect.get(error, 'code') ?? error.name)
}
