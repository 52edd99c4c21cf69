import type { SandboxCall } from '../core/upstream.ts'

export interface Credentials {
  readonly apiKey: string
  readonly accessToken: string
}

/** Returns what `Authorization: token <key>:<token>` says; `malformed` for any other text, null without the header. */
export function credentialsIn({ headers }: Pick<SandboxCall, 'headers'>): Credentials | 'malformed' | null {
  const { authorization } = headers
  if (authorization === undefined) return null
  const [, apiKey, accessToken] = /^token ([^:\s]+):(\S+)$/.exec(authorization) ?? []
  return apiKey && accessToken ? { apiKey, accessToken } : 'malformed'
}

/** Returns the fields of a form. */
export function formOf({ body }: Pick<SandboxCall, 'body'>): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'))
}
