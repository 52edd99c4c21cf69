import { BanyanError } from '@banyan/domain'
import type { FastifyRequest } from 'fastify'

/** Returns the text of a body of `text/csv` as it arrives, on a route whose config says `body: 'csv'`. Throws `invalid_parameter` without one. */
export function csvBodyOf({ body }: FastifyRequest): AsyncIterable<string> {
  if (body !== undefined) return body as AsyncIterable<string>
  const reason = 'must be a CSV file with a header line'
  throw new BanyanError('invalid_parameter', { details: [{ field: 'body', reason }] })
}
