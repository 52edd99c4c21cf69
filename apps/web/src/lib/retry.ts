import { ApiError } from '@banyan/client'

const firstMs = 2_000
const longestMs = 30_000

/** Returns whether asking again can help: after silence, after 429 and after 5xx, but not after another refusal. */
export function isWorthRetrying(error: Error): boolean {
  return !(error instanceof ApiError) || error.status === 429 || error.status >= 500
}

/** While asking again can help, a query goes on asking and keeps why the last try failed; it gives up on a refusal. */
export const patient = {
  retry: (_failures: number, error: Error) => isWorthRetrying(error),
  retryDelay: retryDelayMs,
}

/**
 * Returns how long to wait before asking again, in milliseconds: what the server named in `Retry-After`, and never less;
 * otherwise 2 s, doubling to 30 s. `failures` counts from 0.
 */
export function retryDelayMs(failures: number, error: Error): number {
  if (error instanceof ApiError && error.retryAfterS !== null) return error.retryAfterS * 1000
  return Math.min(longestMs, firstMs * 2 ** failures)
}
