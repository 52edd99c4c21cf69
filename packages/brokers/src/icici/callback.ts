import { Secret } from '@banyan/domain'

const fieldForm = /^api_?session$/i
const codeForm = /^[\x21-\x7e]{1,512}$/

/**
 * Returns the one-time code of a sign-in that ICICI sent the browser back with, from the fields of the form it posts (`API_Session`) or of
 * the query (`apisession`), whatever their case; null when there is none, more than one, or no code in it (upstreams.md §3.1).
 */
export function readIciciCallback(fields: Readonly<Record<string, unknown>>): Secret | null {
  const values = Object.entries(fields).flatMap(([name, value]) => (fieldForm.test(name) ? [value] : []))
  const [code] = values
  return values.length === 1 && typeof code === 'string' && codeForm.test(code) ? new Secret(code) : null
}
