import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { RequestOrigin } from '../../modules/identity/index.ts'

/** Tells what the network says of a request's sender. */
export interface Addresses {
  of(request: IncomingMessage): string
  isEncrypted(request: IncomingMessage): boolean
}

/** Longest user agent kept with a session. */
const agentCharacters = 256

/** Returns who is asking, as far as the network says. */
export function originOf(
  request: FastifyRequest,
  surface: RequestOrigin['surface'],
  addresses: Addresses,
  deviceToken: string | null = null,
): RequestOrigin {
  const agent = request.headers['user-agent']
  return {
    surface,
    address: addresses.of(request.raw),
    userAgent: agent === undefined ? null : agent.slice(0, agentCharacters),
    requestId: request.id,
    deviceToken,
  }
}

/** Returns the origin clients dial: the configured one, else scheme and Host of this request. Mails never use it: there only the configured one counts. */
export function dialledOrigin(request: FastifyRequest, addresses: Addresses, publicUrl: string | null): string {
  if (publicUrl !== null) return publicUrl
  const scheme = addresses.isEncrypted(request.raw) ? 'https' : 'http'
  return `${scheme}://${request.headers.host ?? 'localhost'}`
}
