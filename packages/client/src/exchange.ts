import { ConnectionError } from './api-error.ts'

/** The part of `fetch` this package calls, so that a proxy or a test can stand in for it. */
export type Send = (url: string, init: Outgoing & { readonly signal: AbortSignal }) => Promise<Response>

export interface Outgoing {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers: Record<string, string>
  readonly body?: string
  readonly redirect?: 'manual'
}

/** A whole answer, read to its end or to the size that was allowed. */
export interface Answer {
  /** 0 for a redirect that a browser hides from its page. */
  readonly status: number
  /** Reason phrase; empty with HTTP/2. */
  readonly reason: string
  readonly headers: Headers
  readonly text: string
  /** True when the body was longer than allowed and `text` is only its beginning. */
  readonly cut: boolean
}

/**
 * Returns the answer to one request.
 *
 * @throws {ConnectionError} with `partial` when the answer breaks off after its head.
 * @throws whatever `send` rejects with when no head arrives.
 */
export async function exchange(
  send: Send,
  url: string,
  init: Outgoing & { readonly signal: AbortSignal },
  maxBytes: number,
): Promise<Answer> {
  const response = await send(url, init)
  const { text, cut } = await readText(response, maxBytes).catch((cause: unknown) => {
    throw new ConnectionError('unreachable', 'The answer broke off.', { cause, partial: true })
  })
  return { status: response.status, reason: response.statusText, headers: response.headers, text, cut }
}

async function readText(response: Response, maxBytes: number): Promise<{ text: string; cut: boolean }> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let left = maxBytes; reader; ) {
    const { done, value } = await reader.read()
    if (done) break
    text += decoder.decode(value.subarray(0, left), { stream: true })
    left -= value.byteLength
    if (left >= 0) continue
    await reader.cancel()
    return { text, cut: true }
  }
  return { text: text + decoder.decode(), cut: false }
}

export const isOk = ({ status }: Answer): boolean => status >= 200 && status < 300

/** Returns whole seconds of `Retry-After`, or null: a proxy's HTTP date counts as "not named". */
export function retryAfterS(headers: Headers): number | null {
  const text = headers.get('retry-after')
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}
