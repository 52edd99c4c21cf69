import { findEnvironment } from './node-runtime.ts'

/**
 * Returns `path` on the server the environment names with `BANYAN_URL`, or on the address a fresh server listens on.
 * Reads the environment at the call; browsers have none.
 */
export const defaultBaseUrl = (path: string): string =>
  `${(findEnvironment('BANYAN_URL') ?? 'http://127.0.0.1:8080').replace(/\/+$/, '')}${path}`

/** Returns whether a path can be put behind `text`: an absolute http(s) URL without login, query and fragment. */
export function isBaseUrl(text: unknown): text is string {
  const url = typeof text === 'string' ? URL.parse(text) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return false
  return !/[?#\s]/.test(String(text))
}

/** Returns whether a header can carry `text` unchanged. */
export const isHeaderText = (text: unknown): text is string =>
  typeof text === 'string' && /^(?:[!-~](?:[ -~]*[!-~])?)?$/.test(text)

/** Returns whether `text` can be sent back as a token. */
export const isToken = (text: unknown): text is string => isHeaderText(text) && text !== ''
