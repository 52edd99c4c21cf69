import { type UpstreamAnswer, Verdict } from '../http/upstream-port.ts'
import { rowOf, type VendorRow } from '../vendor-cells.ts'

/**
 * Returns `data` of a good answer. Throws a {@link Verdict} for a failure the vendor reports (upstreams.md §2.3), and an ordinary error
 * for an answer that is not understood.
 */
export function readData(answer: UpstreamAnswer): unknown {
  refuseFailure(answer)
  const body = rowOf(JSON.parse(answer.body.toString('utf8')), 'the answer')
  if (body['status'] === 'error') throw new Verdict('unavailable', { vendorText: messageOf(body) })
  if (body['status'] !== 'success' || !('data' in body)) throw new Error('the answer has no status or no data')
  return body['data']
}

/** Throws the verdict of an answer whose HTTP status is a failure; of others nothing is read. */
export function refuseFailure(answer: UpstreamAnswer): void {
  const { status } = answer
  if (status >= 200 && status < 300) return
  if (status < 400) throw new Error('the answer is neither data nor a failure')
  throw verdictOf(status, failureBody(answer))
}

/** Returns what a failure's body says; an HTML page or an empty body says nothing. */
export function failureBody(answer: UpstreamAnswer): VendorRow {
  try {
    return rowOf(JSON.parse(answer.body.toString('utf8')), 'the answer')
  } catch {
    return {}
  }
}

/** Returns the vendor's own sentence about a failure, null when it gives none. */
export function messageOf(body: VendorRow): string | null {
  return typeof body['message'] === 'string' ? body['message'] : null
}

/** The status is read first, then the type of the error, then its text. */
function verdictOf(status: number, body: VendorRow): Verdict {
  const vendorText = messageOf(body)
  switch (status) {
    case 403:
      // Only this type means that the session is over: a key that lacks a product is refused with the same status.
      return new Verdict(body['error_type'] === 'TokenException' ? 'auth_required' : 'forbidden', { vendorText })
    case 400:
      return new Verdict(isAboutCredentials(body) ? 'auth_required' : 'rejected', { vendorText })
    case 429:
      return new Verdict('rate_limited', { vendorText })
    case 504:
      return new Verdict('timeout', { vendorText })
    default:
      return new Verdict(status < 500 ? 'rejected' : 'unavailable', { vendorText })
  }
}

function isAboutCredentials(body: VendorRow): boolean {
  return body['error_type'] === 'InputException' && /\b(api_key|access_token)\b/.test(messageOf(body) ?? '')
}
