import { BanyanError } from '@banyan/domain'
import type { FastifyRequest } from 'fastify'
import { type Addresses, dialledOrigin } from './request-origin.ts'

/** What decides whose pages may call, and how. */
export interface SiteParts {
  readonly addresses: Addresses
  /** Our own origin, or null to take each request's scheme and Host. */
  readonly publicUrl: string | null
  /** Origins the operator lets call every route, without cookies. */
  readonly corsOrigins: readonly string[]
}

/** Returns the origin this server's pages have. */
export function ownOrigin(request: FastifyRequest, { addresses, publicUrl }: SiteParts): string {
  return dialledOrigin(request, addresses, publicUrl)
}

/** Whose page sent a request: `none` when it names no origin, as programs do and browsers on some calls of our own pages. */
type PageOrigin = 'none' | 'own' | 'listed' | 'foreign'

function pageOriginOf(request: FastifyRequest, site: SiteParts): PageOrigin {
  const { origin } = request.headers
  if (origin === undefined) return 'none'
  if (origin === ownOrigin(request, site)) return 'own'
  return site.corsOrigins.includes(origin) ? 'listed' : 'foreign'
}

/**
 * Refuses a request whose cookie a page of another site may have sent along (stocktrendz.md §3): what changes something needs our own
 * origin, or none and the browser's word that it is the same.
 */
export function refuseForeignCookie(request: FastifyRequest, site: SiteParts): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const page = pageOriginOf(request, site)
  const isOurs = page === 'own' || (page === 'none' && request.headers['sec-fetch-site'] === 'same-origin')
  if (!isOurs) throw new BanyanError('cross_site_request')
}

/** Returns a hook for routes that sign in without a credential: pages of origins that are neither ours nor listed are refused before the body is read. */
export function refuseForeignPages(site: SiteParts) {
  return (request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void => {
    done(pageOriginOf(request, site) === 'foreign' ? new BanyanError('cross_site_request') : undefined)
  }
}

/** Tells whether the sender may be given cookies: pages of listed origins get what they need in the body alone. */
export function mayHaveCookies(request: FastifyRequest, site: SiteParts): boolean {
  return ['none', 'own'].includes(pageOriginOf(request, site))
}
