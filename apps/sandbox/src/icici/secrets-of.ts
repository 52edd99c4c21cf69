import type { SandboxCall } from '../core/upstream.ts'
import type { IciciApp } from './icici-options.ts'
import { readJsonObject } from './json-object.ts'

/** Returns the key, token, code and signature a call carries, and the secret that belongs to the key. */
export function secretsOf(
  { query, headers, body }: SandboxCall,
  appOf: (apiKey: string) => IciciApp | null,
): readonly string[] {
  const fields = readJsonObject(body) ?? {}
  const keys = [query.get('api_key'), headers['apikey'], headers['x-appkey'], fields['AppKey']]
  const known = keys.map((key) => (typeof key === 'string' ? appOf(key)?.apiSecret : null))
  const others = [headers['x-sessiontoken'], headers['x-checksum'], fields['SessionToken']]
  return [...known, ...keys, ...others].flatMap((text) => (typeof text === 'string' && text !== '' ? [text] : []))
}
