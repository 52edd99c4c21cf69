import type { IncomingMessage } from 'node:http'
import { BanyanError } from '@banyan/domain'
import type { HttpLimits } from './http-limits.ts'

/**
 * Returns why a request head is refused, or null. Node's own answers to these have an empty body or cut silently
 * (fields beyond `maxHeadersCount` vanish), so they are switched off and done here.
 */
export function refusedHead(request: IncomingMessage, limits: HttpLimits): BanyanError | null {
  if ((request.url ?? '').length > limits.urlBytes) return new BanyanError('uri_too_long')
  if (request.rawHeaders.length > limits.headFields * 2) return tooManyFields(limits)
  if (countHosts(request.rawHeaders) === 1) return null
  if (request.httpVersion === '1.0' && request.headers.host === undefined) return null
  return new BanyanError('invalid_parameter', { details: [{ field: 'Host', reason: 'must be sent exactly once' }] })
}

function tooManyFields(limits: HttpLimits): BanyanError {
  return new BanyanError('headers_too_large', {
    message: `The request head has more than ${limits.headFields} fields.`,
  })
}

function countHosts(rawHeaders: readonly string[]): number {
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts++
  }
  return hosts
}
