import type { UpstreamAnswer } from '../../http/upstream-port.ts'

/** Returns an answer with that text as its body. */
export function textAnswer(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): UpstreamAnswer {
  return { status, headers, body: Buffer.from(body) }
}

export const success = (data: unknown) => textAnswer(200, JSON.stringify({ status: 'success', data }))

export const failure = (status: number, errorType: string, message = 'Something is wrong.') =>
  textAnswer(status, JSON.stringify({ status: 'error', message, error_type: errorType, data: null }))

export const page = (status: number) => textAnswer(status, '<!doctype html><html><body>Down for repairs</body></html>')
