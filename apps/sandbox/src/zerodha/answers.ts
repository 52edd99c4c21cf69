import type { SandboxAnswer } from '../core/upstream.ts'

const json = { 'content-type': 'application/json' } as const

/** Returns the vendor's envelope around the data. */
export function success(data: unknown): SandboxAnswer {
  return { status: 200, headers: json, body: JSON.stringify({ status: 'success', data }) }
}

/** Error types of the vendor with the sentence that usually comes with them. */
const sentences: Readonly<Record<string, string>> = {
  TokenException: 'Incorrect `api_key` or `access_token`.',
  PermissionException: 'Insufficient permission for that call.',
  InputException: 'Invalid input.',
  NetworkException: 'The gateway did not answer.',
  DataException: 'The answer of the order system was not understood.',
  GeneralException: 'Something went wrong.',
}

const typesByStatus: Readonly<Record<number, string>> = {
  400: 'InputException',
  403: 'TokenException',
  429: 'NetworkException',
  502: 'NetworkException',
  503: 'NetworkException',
  504: 'NetworkException',
}

/** Returns a failure as the vendor writes it. */
export function failure(status: number, errorType: string, message: string): SandboxAnswer {
  return {
    status,
    headers: json,
    body: JSON.stringify({ status: 'error', message, data: null, error_type: errorType }),
  }
}

export const tooManyRequests = failure(429, 'NetworkException', 'Too many requests')

/** Returns the failure of a fault: `text` is an error type, a sentence, or `empty` for no body at all. */
export function failureOf(status: number, text: string | null): SandboxAnswer {
  if (text === 'empty') return { status, body: '' }
  if (text !== null && /^[A-Z][A-Za-z]+Exception$/.test(text)) return failure(status, text, sentences[text] ?? text)
  if (text === null && status === 429) return tooManyRequests
  const errorType = typesByStatus[status] ?? 'GeneralException'
  return failure(status, errorType, text ?? sentences[errorType] ?? errorType)
}
