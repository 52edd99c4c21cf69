import type { FastifyRequest } from 'fastify'
import { type Field, type FieldValues, needed, optionalField, readFields, textMatching } from '../api/fields.ts'
import type { Parsed } from '../api/parameters.ts'

type Shape = Record<string, Field<unknown>>

/** What the client says of itself on every session call. It is never used for a decision (kotak.md §3.1). */
const claim = optionalField(textMatching(/^[\x20-\x7e]{0,64}$/, 'must have at most 64 printable ASCII characters'), '')
const claims = { ip: claim, appId: claim }

/**
 * Returns the headers and members a session call names, with the client's claims. Throws `invalid_parameter` naming every failing one.
 * A header's value never stands in for a member or the other way round.
 */
export function readCall<Headers extends Shape, Members extends Shape>(
  request: FastifyRequest,
  shape: { readonly headers: Headers; readonly members: Members },
): FieldValues<Headers & Members & typeof claims> {
  const headers = { ...shape.headers, ...claims }
  const sent = Object.fromEntries(Object.keys(headers).map((name) => [name, request.headers[name.toLowerCase()]]))
  const fields: Headers & Members & typeof claims = { ...shape.members, ...headers }
  return readFields({ ...(request.body as object | undefined), ...sent }, fields)
}

/** Reads a client code, which is compared and returned in upper case (kotak.md §2). */
export const userid = needed((value: unknown): Parsed<string> => {
  if (typeof value === 'string' && /^[A-Za-z0-9]{3,12}$/.test(value)) return { value: value.toUpperCase() }
  return { reason: 'must be 3 to 12 letters or digits' }
})

/**
 * Reads a token that is sent in any case and issued in upper case. One of another form is as unknown as one never issued: what it
 * opens answers for it, so that no other credential can be told from a wrong token here.
 */
export const anyCaseToken = needed(
  (value: unknown): Parsed<string> =>
    typeof value === 'string' && value !== '' ? { value: value.toUpperCase() } : { reason: 'must not be empty' },
)
