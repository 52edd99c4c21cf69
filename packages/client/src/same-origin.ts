import { ConnectionError } from './api-error.ts'
import { type Answer, exchange, type Outgoing, type Send } from './exchange.ts'

interface Journey {
  readonly send: Send
  readonly url: string
  readonly outgoing: Outgoing
  /** Ends the whole journey. */
  readonly signal: AbortSignal
}

/** Longest body, as text after decompression. */
const MAX_BYTES = 1 << 20
const MAX_REDIRECTS = 3

/**
 * Returns the answer to one request, or to what the server redirects it to on its own origin, at most three times.
 * Keys and passwords never follow to another origin: such a redirect is returned as the answer.
 */
export async function exchangeWithinOrigin({ send, url, outgoing, signal }: Journey): Promise<Answer> {
  let current = url
  for (let left = MAX_REDIRECTS; ; left--) {
    const answer = await exchange(send, current, { ...outgoing, redirect: 'manual', signal }, MAX_BYTES)
    // A browser tells a page only that there was a redirect, not where to.
    if (answer.status === 0) {
      throw new ConnectionError('unreachable', 'The server redirects.', { partial: true })
    }
    const next = findNext(answer, current, outgoing.method)
    if (next === null || left === 0) return answer
    current = next
  }
}

function findNext({ status, headers }: Answer, current: string, method: Outgoing['method']): string | null {
  const keepsMethod = status === 307 || status === 308
  const becomesGet = status === 301 || status === 302 || status === 303
  const location = headers.get('location')
  if (location === null || !(keepsMethod || (becomesGet && method === 'GET'))) return null
  const next = URL.parse(location, current)
  const stays = next !== null && next.origin === new URL(current).origin && next.username === '' && next.password === ''
  return stays ? next.href : null
}
