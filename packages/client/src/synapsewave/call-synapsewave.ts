import { withDeadline } from '../deadline.ts'
import { type Answer, isOk, retryAfterS } from '../exchange.ts'
import { isRecord, parseJson } from '../json.ts'
import { exchangeWithinOrigin } from '../same-origin.ts'
import { version } from '../version.ts'
import { SynapsewaveError } from './synapsewave-error.ts'
import type { SynapsewaveSettings } from './synapsewave-options.ts'

export interface SynapsewaveCall<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: object
  readonly accessToken?: string
  /** Tells whether `data` holds what the client cannot do without. */
  readonly isWhole: (data: unknown) => data is T
}

/**
 * Returns the `data` of one call, tried once.
 *
 * @throws {SynapsewaveError} when the server refuses, or answers with what the contract does not know.
 * @throws {ConnectionError} when no whole answer arrives in time.
 */
export async function callSynapsewave<T>(settings: SynapsewaveSettings, call: SynapsewaveCall<T>): Promise<T> {
  const { send, baseUrl, timeoutMs } = settings
  const outgoing = {
    method: call.method,
    headers: toHeaders(settings, call),
    ...(call.body && { body: JSON.stringify(call.body) }),
  }
  const answer = await withDeadline({ timeoutMs }, (signal) =>
    exchangeWithinOrigin({ send, url: `${baseUrl}${call.path}`, outgoing, signal }),
  )
  const envelope = answer.cut ? null : findEnvelope(parseJson(answer.text))
  if (envelope?.isRefusal) throw toError(answer, envelope.message, envelope.errors)
  if (!envelope || !isOk(answer) || !call.isWhole(envelope.data)) {
    throw toError(answer, `The answer (status ${answer.status}) is not what the contract says.`, 'unexpected_response')
  }
  return envelope.data
}

function toHeaders({ apiKey }: SynapsewaveSettings, { body, accessToken }: SynapsewaveCall<unknown>) {
  return {
    accept: 'application/json',
    'user-agent': `banyan-client/${version}`,
    'x-api-key': apiKey,
    ...(body && { 'content-type': 'application/json' }),
    ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
  }
}

type Envelope =
  | { readonly isRefusal: false; readonly data: unknown }
  | { readonly isRefusal: true; readonly message: string; readonly errors: string }

/** Reads the common envelope and that of set-fingerprint, whose `status` is boolean and whose rest is in `result`. */
function findEnvelope(body: unknown): Envelope | null {
  if (!isRecord(body)) return null
  const { status } = body
  const part = typeof status === 'boolean' && Array.isArray(body['result']) ? body['result'][0] : body
  if (!isRecord(part)) return null
  if (status === true || status === 'success') return { isRefusal: false, data: part['data'] }
  const { message, errors } = part
  const isRefusal = status === false || status === 'error'
  return isRefusal && typeof message === 'string' && typeof errors === 'string' ? { isRefusal, message, errors } : null
}

function toError({ status, headers }: Answer, message: string, code: string): SynapsewaveError {
  const requestId = headers.get('x-request-id')
  return new SynapsewaveError(message, { status, code, requestId, retryAfterS: retryAfterS(headers) })
}
