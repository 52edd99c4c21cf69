import { ConfigurationRefusedError } from '../database/start-errors.ts'

/** Returns the refusal of a key file. It names the file and what is wrong, never what is in it; so it has no cause either. */
export function keyFileRefused(file: string, problem: string): ConfigurationRefusedError {
  return new ConfigurationRefusedError(`${file} ${problem}. Restore it from your backup of the keys.`)
}

/** Returns the parsed JSON object, or null. A parser's own message would quote the text it stumbled over. */
export function parseJsonObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

/** Returns the bytes of a base64url text without padding, or null when it is not one, or not written the canonical way. */
export function parseBase64url(text: unknown): Buffer | null {
  if (typeof text !== 'string') return null
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}
