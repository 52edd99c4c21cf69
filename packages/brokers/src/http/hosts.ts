import { isIP } from 'node:net'
import { isPublicAddress } from './private-address.ts'

/** One of a provider's addresses, checked. */
export interface Host {
  readonly origin: string
  /** Path its operations are below, without a slash at its end. */
  readonly prefix: string
  readonly hostname: string
  /** Whether it may lie on this machine or in a private network. */
  readonly mayBePrivate: boolean
}

/**
 * `true` takes an address at its word when it is written as a private one, as `http://127.0.0.1:8080`; a list names hosts that may also
 * resolve to one. A public name that turns out to be private stays refused.
 */
export type AllowPrivate = boolean | readonly string[]

/** Returns the hosts of a port by name. Throws, naming the host, for an address that cannot be used. */
export function hostsOf(
  addresses: Readonly<Record<string, string>>,
  allowPrivate: AllowPrivate,
): ReadonlyMap<string, Host> {
  return new Map(Object.entries(addresses).map(([name, address]) => [name, hostOf(name, address, allowPrivate)]))
}

function hostOf(name: string, address: string, allowPrivate: AllowPrivate): Host {
  const url = URL.parse(address)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw refusal(name, 'is no http or https URL')
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw refusal(name, 'may hold neither user and password nor a query')
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const mayBePrivate = Array.isArray(allowPrivate)
    ? allowPrivate.includes(name)
    : allowPrivate === true && isWrittenPrivate(hostname)
  if (isWrittenPrivate(hostname) && !mayBePrivate)
    throw refusal(name, 'is private and not allowed to be (allowPrivate)')
  if (url.protocol === 'http:' && !mayBePrivate) throw refusal(name, 'must be https, since keys and tokens go there')
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, ''), hostname, mayBePrivate }
}

function isWrittenPrivate(hostname: string): boolean {
  return hostname === 'localhost' || (isIP(hostname) !== 0 && !isPublicAddress(hostname))
}

function refusal(name: string, why: string): Error {
  return new Error(`the address of host ${name} ${why}`)
}
