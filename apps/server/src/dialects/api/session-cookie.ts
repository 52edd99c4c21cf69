import { parseCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { mayHaveCookies, type SiteParts } from './page-origin.ts'
import type { Addresses } from './request-origin.ts'

const sessionCookie = 'access_token_cookie'
const sessionS = 7 * 86_400
const deviceS = 90 * 86_400

/** A browser keeps `__Host-` cookies only from encrypted pages, so that on plain HTTP the name cannot have it. */
const deviceCookie = (isEncrypted: boolean) => (isEncrypted ? '__Host-banyan_device' : 'banyan_device')

/** Returns the session token of the cookie; null without one. */
export function sessionCookieOf(request: FastifyRequest): string | null {
  return cookieOf(request, sessionCookie)
}

/** Returns the token of a browser that signed in before. It opens nothing: it only has guesses counted apart. */
export function deviceTokenOf(request: FastifyRequest, addresses: Addresses): string | null {
  return cookieOf(request, deviceCookie(addresses.isEncrypted(request.raw)))
}

function cookieOf(request: FastifyRequest, name: string): string | null {
  const { cookie } = request.headers
  if (cookie === undefined) return null
  return parseCookie(cookie)[name] || null
}

/** Sets the session cookie (stocktrendz.md §3) and, for a browser not seen before, its device token. Listed origins get neither. */
export function setCookies(
  request: FastifyRequest,
  reply: FastifyReply,
  site: SiteParts,
  { session, deviceToken }: { readonly session: string; readonly deviceToken: string | null },
): void {
  if (!mayHaveCookies(request, site)) return
  const isEncrypted = site.addresses.isEncrypted(request.raw)
  reply.header('set-cookie', cookieText(sessionCookie, session, sessionS, isEncrypted))
  if (deviceToken !== null)
    reply.header('set-cookie', cookieText(deviceCookie(isEncrypted), deviceToken, deviceS, isEncrypted))
}

/** Makes the browser forget the session. Its device token stays: the next sign-in comes from a known device. */
export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply, site: SiteParts): void {
  if (!mayHaveCookies(request, site)) return
  reply.header('set-cookie', cookieText(sessionCookie, '', 0, site.addresses.isEncrypted(request.raw)))
}

/** In the contract's order of attributes, which the cookie package has another of. Tokens need no escaping. */
function cookieText(name: string, value: string, maxAgeS: number, isEncrypted: boolean): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeS}${isEncrypted ? '; Secure' : ''}`
}
