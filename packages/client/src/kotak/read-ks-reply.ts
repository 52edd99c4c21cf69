import { type Answer, isOk, retryAfterS } from '../exchange.ts'
import { isRecord, parseJson } from '../json.ts'
import { KsApiError, type KsFault } from './ks-error.ts'

/** A reply as it came and the object inside its `Success` or `success`. */
export interface KsReply<T> {
  readonly wrapped: unknown
  readonly inner: T
}

/**
 * Returns the parts of a success. `isWhole` tells whether what the client cannot do without is there.
 *
 * @throws {KsApiError} for everything else, by the table of kotak.md §8.4.
 */
export function readKsReply<T>(answer: Answer, isWhole: (inner: unknown) => inner is T): KsReply<T> {
  const body = answer.cut ? undefined : parseJson(answer.text)
  const fault = findFault(body)
  if (answer.cut) throw unexpected(answer)
  if (!isOk(answer)) throw errorOf(answer, answer.status, answer.reason, fault)
  if (fault) throw errorOf(answer, fault.code, fault.message, fault)
  if (!isRecord(body) || 'fault' in body) throw unexpected(answer)
  const inner = [body['Success'], body['success']].find((part) => isRecord(part) && Object.keys(part).length > 0)
  if (!isWhole(inner)) throw unexpected(answer)
  return { wrapped: body, inner }
}

function findFault(body: unknown): KsFault | undefined {
  const fault = isRecord(body) ? body['fault'] : undefined
  if (!isRecord(fault)) return undefined
  const { code, message, description = '' } = fault
  if (typeof code !== 'number' || typeof message !== 'string' || typeof description !== 'string') return undefined
  return { code, message, description }
}

const unexpected = (answer: Answer): KsApiError => errorOf(answer, answer.status, 'Unexpected response')

function errorOf({ text, headers }: Answer, status: number, reason: string, fault?: KsFault): KsApiError {
  const retryAfter = retryAfterS(headers)
  return new KsApiError({
    status,
    reason,
    body: text,
    ...(fault && { fault }),
    ...(retryAfter !== null && { retryAfter }),
  })
}
