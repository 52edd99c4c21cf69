import type { EpochMs } from '@banyan/domain'
import { type UpstreamAnswer, Verdict } from '../http/upstream-port.ts'
import type { UpstreamFailure } from '../outcome.ts'
import { rowOf } from '../vendor-cells.ts'
import { nextMidnightAfter } from './next-midnight.ts'

/** What was asked, as far as it decides what an answer means. */
export interface Asked {
  /** Only lists may be empty. */
  readonly gives: 'record' | 'list'
  /** What "Resource not available" means for this call: the vendor says it of whatever it does not want to give. */
  readonly notAvailable: UpstreamFailure
  readonly now: EpochMs
}

interface Envelope {
  readonly success: unknown
  /** Not the HTTP status. */
  readonly status: number
  /** Empty when the vendor reports no error. */
  readonly text: string
}

const waitAMinuteS = 60

/**
 * Returns `Success` of a good answer; an empty list where the vendor says that it has no data for one. Throws a {@link Verdict} for a failure the
 * vendor reports (upstreams.md §3.3), and an ordinary error for an answer that is not understood.
 */
export function readSuccess(answer: UpstreamAnswer, asked: Asked): unknown {
  const envelope = envelopeOf(answer)
  const { success, status, text } = envelope
  const isEmpty = success === null || success === undefined || success === ''
  if (answer.status === 200 && status === 200 && text === '' && !isEmpty) return success
  if (asked.gives === 'list' && isEmpty && has(text, 'no data')) return []
  throw verdictOf(envelope, answer, asked)
}

function envelopeOf(answer: UpstreamAnswer): Envelope {
  const json = jsonOf(answer.body)
  if (json === undefined) throw edgeFailure(answer.status)
  const body = rowOf(json, 'the answer')
  const status = body['Status']
  const text = body['Error'] ?? ''
  if (typeof status !== 'number' || typeof text !== 'string') throw new Error('the answer has no Status or no Error')
  return { success: body['Success'], status, text: text.trim() }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

/** The vendor's edge does not speak JSON; it turns away what comes too fast. */
function edgeFailure(status: number): Error {
  if (status === 429 || status === 503) return new Verdict('rate_limited', { retryAfterS: waitAMinuteS })
  return status === 504 ? new Verdict('timeout') : new Error('the answer is not JSON')
}

/** The text decides: the vendor sends 401 for a rate limit, and 200 for what failed. */
function verdictOf(envelope: Envelope, answer: UpstreamAnswer, { notAvailable, now }: Asked): Verdict {
  const { text } = envelope
  const retryAfterS = retryAfterOf(text, now)
  if (retryAfterS !== null) return new Verdict('rate_limited', { vendorText: text, retryAfterS })
  const vendorText = has(text, 'invalid checksum') ? `${text}${clockNote(answer, now)}` : text || null
  return new Verdict(failureOf(envelope, answer.status, notAvailable), { vendorText })
}

function retryAfterOf(text: string, now: EpochMs): number | null {
  if (has(text, 'api call per minute')) return waitAMinuteS
  return has(text, 'api call per day') ? Math.ceil((nextMidnightAfter(now) - now) / 1000) : null
}

const endedSession = ['invalid session', 'session key is expired', 'public key does not exist', 'invalid checksum']
const vendorTrouble = ['unable to retrieve customer details', 'not able to process your request']

function failureOf({ text, status }: Envelope, httpStatus: number, notAvailable: UpstreamFailure): UpstreamFailure {
  if (has(text, ...endedSession)) return 'auth_required'
  if (has(text, 'ip address used does not match')) return 'forbidden'
  if (httpStatus === 504) return 'timeout'
  if (has(text, 'resource not available')) return notAvailable
  if (has(text, ...vendorTrouble)) return 'unavailable'
  return Math.max(status, httpStatus) >= 500 ? 'unavailable' : 'rejected'
}

function has(text: string, ...parts: readonly string[]): boolean {
  const lower = text.toLowerCase()
  return parts.some((part) => lower.includes(part))
}

const worthTellingMs = 30_000

/** A signature is refused when the clocks are a minute apart; then the reader looks in vain for a wrong secret. */
function clockNote(answer: UpstreamAnswer, now: EpochMs): string {
  const theirs = Date.parse(answer.headers['date'] ?? '')
  const aheadMs = now - theirs
  if (Number.isNaN(aheadMs) || Math.abs(aheadMs) <= worthTellingMs) return ''
  return ` (the clock of this server is ${Math.round(Math.abs(aheadMs) / 1000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} ICICI's)`
}
