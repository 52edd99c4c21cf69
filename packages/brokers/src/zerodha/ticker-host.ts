import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { ResolveAll } from '../http/agent.ts'
import { hostsOf } from '../http/hosts.ts'
import { isPublicAddress } from '../http/private-address.ts'

/** Where a ticker is. */
export interface TickerHost {
  readonly url: string
  /** Resolves its name; fails when the name has no address that may be connected to. */
  readonly lookup: LookupFunction
}

/**
 * Returns the host of a ticker by the rules of every other host (quality-bar.md U1): `wss`, and no private address, neither written nor
 * resolved to, unless it is written as one and `allowPrivate` is true. Throws when the address cannot be used.
 */
export function tickerHostOf(url: string, allowPrivate: boolean, resolveAll: ResolveAll = systemLookup): TickerHost {
  if (!/^wss?:/.test(url)) throw new Error('the address of host ticker is no ws or wss URL')
  const host = hostsOf({ ticker: url.replace(/^ws/, 'http') }, allowPrivate).get('ticker')
  const mayConnectTo = (address: string) => host?.mayBePrivate === true || isPublicAddress(address)
  return {
    url,
    lookup(hostname, options, callback) {
      resolveAll(hostname, { ...options, all: true }, (error, addresses) => {
        const usable = (error === null ? addresses : []).filter(({ address }) => mayConnectTo(address))
        const [first] = usable
        if (first === undefined) callback(error ?? new Error('the name has no public address'), [])
        else if (options.all) callback(null, usable)
        else callback(null, first.address, first.family)
      })
    },
  }
}
