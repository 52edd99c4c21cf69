import { errors } from 'undici'
import type { UpstreamFailure } from '../outcome.ts'

/**
 * A call that failed without an answer to read: turned away here, or lost on the way. It stays within the port: what leaves it tells the
 * code alone, since an error of the client's may hold addresses and headers.
 */
export class CallFault extends Error {
  readonly failure: UpstreamFailure
  /** A fixed word or a system's error code. */
  readonly code: string
  /** Seconds until another try makes sense; null when nobody knows. */
  readonly retryAfterS: number | null

  constructor(
    failure: UpstreamFailure,
    { code, retryAfterS = null, ...also }: { code: string; retryAfterS?: number | null; cause?: unknown },
  ) {
    super(code, also)
    this.name = 'CallFault'
    this.failure = failure
    this.code = code
    this.retryAfterS = retryAfterS
  }
}

const notHttp = 'NOT_HTTP'
/** What the HTTP client says when the answer itself breaks a rule; whatever else it says is about the connection. */
const badAnswers: readonly string[] = [
  notHttp,
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
]
const ownDeadlines: readonly string[] = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']

/** Returns what an error of the HTTP client means. */
export function faultOf(error: unknown): CallFault {
  if (error instanceof CallFault) return error
  const code = codeOf(error)
  return new CallFault(failureOf(code), { code, cause: error })
}

function failureOf(code: string): UpstreamFailure {
  if (ownDeadlines.includes(code)) return 'timeout'
  // A value that cannot stand in a header: a key or a code with characters that no vendor hands out.
  if (code === 'UND_ERR_INVALID_ARG') return 'rejected'
  return badAnswers.includes(code) ? 'malformed' : 'unavailable'
}

function codeOf(error: unknown): string {
  if (error instanceof errors.HTTPParserError) return notHttp
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code) ? code : 'UNKNOWN'
}
