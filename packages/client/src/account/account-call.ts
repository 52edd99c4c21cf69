import { type JsonCall, sendForCsv, sendJson, type Transport } from '../send.ts'

/** Aborts a call; the promise rejects with the signal's own reason. */
export interface Abortable {
  readonly signal?: AbortSignal
}

/** Makes one call of an account route. */
export type AccountCall = <T>(
  method: JsonCall['method'],
  path: string,
  options?: Abortable & Pick<JsonCall, 'body' | 'csv' | 'leastTimeoutMs'>,
) => Promise<T>

/** Returns the call that signs in with nothing, and those that say who calls: for JSON, and for a CSV file. */
export function createAccountCalls(transport: Transport, token: () => string | null) {
  const asNobody: AccountCall = (method, path, options) => sendJson(transport, { method, path, ...options })
  const asUser: AccountCall = (method, path, options) =>
    sendJson(transport, { method, path, token: token(), ...options })
  const csvAsUser = (path: string, { signal }: Abortable = {}): Promise<string> =>
    sendForCsv(transport, { method: 'GET', path, token: token(), signal })
  return { asNobody, asUser, csvAsUser }
}

/** Returns an id as one part of a path. */
export const part = (id: string): string => encodeURIComponent(id)
