import { ConnectionError } from './api-error.ts'

/**
 * Returns what `run` resolves to within `timeoutMs`, which covers everything it does: connecting, redirects, the body.
 *
 * @throws {ConnectionError} `timeout` when the time is over, `unreachable` with the cause when `run` fails.
 * @throws the caller's own abort reason, unchanged, when `signal` fires.
 */
export async function withDeadline<T>(
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), timeoutMs)
  try {
    return await run(signal ? AbortSignal.any([signal, late.signal]) : late.signal)
  } catch (cause) {
    if (signal?.aborted) throw signal.reason
    throw toConnectionError(cause, late.signal, timeoutMs)
  } finally {
    clearTimeout(timer)
  }
}

function toConnectionError(cause: unknown, late: AbortSignal, timeoutMs: number): ConnectionError {
  if (late.aborted) return new ConnectionError('timeout', `No answer within ${timeoutMs / 1000} s.`, { cause })
  if (cause instanceof ConnectionError) return cause
  return new ConnectionError('unreachable', 'The server cannot be reached.', { cause })
}
