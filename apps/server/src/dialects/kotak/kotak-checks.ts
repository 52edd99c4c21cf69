import { BanyanError } from '@banyan/domain'
import type { FastifyRequest } from 'fastify'
import type { ApplicationCaller, IdentityModule } from '../../modules/identity/index.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Name of a limit counted by consumer key, before the key is checked. */
    keyRateClass?: keyof typeof import('./kotak-surface.ts').kotakAddressLimits
  }
}

/** Counts by any text; null, or the seconds until one more may come. */
export interface TextLimiter {
  take(text: string, rateClass: string): number | null | Promise<number | null>
}

/** 1–128 printable ASCII (kotak.md §3.1). */
const consumerKeyForm = /^[\x20-\x7e]{1,128}$/

/**
 * Returns the two ways an application shows itself. Both count by consumer key first where the route asks for it (kotak.md §3.3):
 *
 * | check | reads |
 * |---|---|
 * | `kotakBearer` | `Authorization: Bearer …` and `consumerKey`, which must belong together |
 * | `kotakSecret` | consumer key and secret, `Basic` or the same base64 without a scheme |
 */
export function createKotakChecks(parts: {
  readonly credentials: Pick<IdentityModule['credentials'], 'checkBearer' | 'checkApplicationSecret'>
  readonly limiter: TextLimiter
}) {
  const { credentials, limiter } = parts
  return {
    async kotakBearer(request: FastifyRequest): Promise<void> {
      const consumerKey = consumerKeyOf(request.headers['consumerkey'])
      await countKey(limiter, request, consumerKey)
      const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
      if (bearer === undefined) throw new BanyanError('invalid_application')
      request.caller = await credentials.checkBearer(bearer, consumerKey)
    },
    async kotakSecret(request: FastifyRequest): Promise<void> {
      const [consumerKey, consumerSecret] = keyAndSecretOf(request.headers.authorization ?? '')
      await countKey(limiter, request, consumerKey)
      request.caller = await credentials.checkApplicationSecret(consumerKey, consumerSecret)
    },
  }
}

/** Returns the application that a check of this dialect found. */
export function applicationOf(request: FastifyRequest): ApplicationCaller {
  return request.caller as ApplicationCaller
}

async function countKey(limiter: TextLimiter, request: FastifyRequest, consumerKey: string): Promise<void> {
  const { keyRateClass } = request.routeOptions.config
  if (keyRateClass === undefined) return
  const retryAfterS = await limiter.take(consumerKey, keyRateClass)
  if (retryAfterS !== null) throw new BanyanError('rate_limited', { retryAfterS })
}

function consumerKeyOf(text: unknown): string {
  if (typeof text === 'string' && consumerKeyForm.test(text)) return text
  throw new BanyanError('invalid_application')
}

/** The newer vendor client sends `b64(key:secret)` bare (kotak.md §5.1). */
function keyAndSecretOf(authorization: string): readonly [string, string] {
  const encoded = /^(?:Basic +)?([A-Za-z0-9+/]+={0,2}) *$/i.exec(authorization)?.[1] ?? ''
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return [consumerKeyOf(text.slice(0, Math.max(0, colon))), text.slice(colon + 1)]
}
