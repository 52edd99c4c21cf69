import type { SandboxCall } from '../core/upstream.ts'
import { credentialsIn, formOf } from './credentials.ts'
import type { ZerodhaKey } from './zerodha-options.ts'

const secretFields = ['access_token', 'request_token', 'checksum'] as const

/** Returns the API key of a call, wherever it stands; null without one. */
export function apiKeyOf(call: SandboxCall): string | null {
  const credentials = credentialsIn(call)
  if (credentials !== null && credentials !== 'malformed') return credentials.apiKey
  return call.query.get('api_key') ?? formOf(call).get('api_key')
}

/** Returns the key, the secret that belongs to it and all tokens of a call. */
export function secretsOf(call: SandboxCall, appOf: (apiKey: string) => ZerodhaKey | null): readonly string[] {
  const apiKey = apiKeyOf(call)
  const app = apiKey === null ? null : appOf(apiKey)
  const credentials = credentialsIn(call)
  const form = formOf(call)
  const found = [
    app?.apiSecret,
    apiKey,
    credentials === 'malformed' ? call.headers.authorization : credentials?.accessToken,
    ...secretFields.flatMap((field) => [call.query.get(field), form.get(field)]),
  ]
  return [...new Set(found.flatMap((secret) => secret || []))]
}
