import type { SandboxAnswer } from '../core/upstream.ts'

const json = { 'content-type': 'application/json' }

/** Returns a good answer. */
export function success(value: unknown): SandboxAnswer {
  return { status: 200, headers: json, body: JSON.stringify({ Success: value, Status: 200, Error: null }) }
}

/** Returns a bad answer: `httpStatus` is the HTTP status, `status` the one in the body, which is another. */
export function refusal(httpStatus: number, status: number, text: string): SandboxAnswer {
  return { status: httpStatus, headers: json, body: JSON.stringify({ Success: null, Status: status, Error: text }) }
}

/** What the vendor says when it refuses (upstreams.md §3.3). */
export const refusals = {
  minute: refusal(401, 5, 'Limit exceed: API call per minute:Try after some time'),
  day: refusal(401, 5, 'Limit exceed: API call per day: '),
  session: refusal(401, 5, 'Invalid session'),
  checksum: refusal(401, 5, 'Invalid Checksum'),
  key: refusal(200, 500, 'Public Key does not exist'),
  /** Of a code that was used or came late, among others. */
  unavailable: refusal(200, 500, 'Resource not available.'),
  noData: refusal(200, 500, 'No Data Found'),
  noLength: refusal(411, 5, 'Content-Length is missing'),
  body: refusal(200, 500, 'Request Object is Invalid'),
} as const

const vendorTexts: Readonly<Record<number, string>> = {
  401: 'Invalid session',
  403: 'IP address used does not match',
  429: 'Limit exceed: API call per minute:Try after some time',
}

/** Returns a failure with this HTTP status; without a text with what the vendor says then. */
export function failure(httpStatus: number, text: string | null): SandboxAnswer {
  const said = text ?? vendorTexts[httpStatus] ?? 'We are not able to process your request'
  return refusal(httpStatus, httpStatus >= 400 && httpStatus < 500 ? 5 : 500, said)
}
