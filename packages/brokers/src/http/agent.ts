import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { CallFault } from './call-fault.ts'
import type { Deadlines } from './deadlines.ts'
import { isPublicAddress } from './private-address.ts'

/** Resolves a name to all its addresses, as `dns.lookup` does with `all`. */
export type ResolveAll = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** Returns the client all calls of a port go through. It follows no redirect and checks certificates whatever the environment says. */
export function createAgent(
  { connectMs, headMs, idleMs }: Deadlines,
  mayBePrivate: (hostname: string) => boolean,
  resolveAll: ResolveAll = systemLookup,
): Agent {
  const connect = buildConnector({
    timeout: connectMs,
    rejectUnauthorized: true,
    lookup: guardedLookup(mayBePrivate, resolveAll),
    // One exchange per connection at a time: a call that is ended ends its own socket and nobody else's call.
    allowH2: false,
  })
  return new Agent({ connect: connectWithin(connectMs, connect), headersTimeout: headMs, bodyTimeout: idleMs })
}

/** Undici's own timers are up to a second late, which is much of two; they only clear away what is left. */
function connectWithin(connectMs: number, connect: buildConnector.connector): buildConnector.connector {
  return (target, callback) => {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      callback(new CallFault('unavailable', { code: 'CONNECT_TIMEOUT' }), null)
    }, connectMs)
    connect(target, (...[error, socket]) => {
      clearTimeout(timer)
      if (isLate) socket?.destroy()
      else if (error === null) callback(null, socket)
      else callback(error, null)
    })
  }
}

/** Checks the very addresses that are connected to, so a name that resolves differently a second time gains nothing. */
function guardedLookup(mayBePrivate: (hostname: string) => boolean, resolveAll: ResolveAll): LookupFunction {
  return (hostname, options, callback) => {
    resolveAll(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [])
      const usable = mayBePrivate(hostname) ? addresses : addresses.filter(({ address }) => isPublicAddress(address))
      const [first] = usable
      if (first === undefined) return callback(new CallFault('unavailable', { code: 'PRIVATE_ADDRESS' }), [])
      return options.all ? callback(null, usable) : callback(null, first.address, first.family)
    })
  }
}
