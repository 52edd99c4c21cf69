import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Tells who a request came from, believing forwarding headers only of listed proxies. */
export interface ClientAddresses {
  /** Returns the client's address: the nearest one in the forwarding chain that is no listed proxy. */
  of(request: IncomingMessage): string
  /** Returns true when the connection or a listed proxy before it is encrypted. */
  isEncrypted(request: IncomingMessage): boolean
  isTrusted(address: string): boolean
}

/**
 * `trusted` lists addresses and CIDR ranges; `true` believes every peer and is for loopback listeners only, which the
 * configuration checks. Throws on an entry that is neither.
 */
export function createClientAddresses(trusted: readonly string[] | true): ClientAddresses {
  const isTrusted = trusted === true ? () => true : trustList(trusted)
  return {
    isTrusted,
    of: (request) => nearestUntrusted(request, isTrusted),
    isEncrypted(request) {
      if ('encrypted' in request.socket) return true
      if (trusted !== true && trusted.length === 0) return false
      const forwarded = request.headers['x-forwarded-proto']
      if (forwarded === undefined || !isTrusted(plainAddress(request.socket.remoteAddress))) return false
      return String(forwarded).split(',').at(-1)?.trim() === 'https'
    },
  }
}

/** Returns what limits count by: the address itself, for IPv6 its /64, which is what one household or host gets. */
export function limitKey(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('%', 1).join('').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

function trustList(entries: readonly string[]): (address: string) => boolean {
  if (entries.length === 0) return () => false
  const list = new BlockList()
  for (const entry of entries) addEntry(list, entry)
  return (address) => {
    const family = isIP(address)
    return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4')
  }
}

function addEntry(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.split('/')
  const family = isIP(address)
  if (family === 0) throw new TypeError('trusted proxies are addresses or CIDR ranges')
  const type = family === 6 ? 'ipv6' : 'ipv4'
  if (prefix === undefined) list.addAddress(address, type)
  else list.addSubnet(address, Number(prefix), type)
}

function nearestUntrusted(request: IncomingMessage, isTrusted: (address: string) => boolean): string {
  let nearest = plainAddress(request.socket.remoteAddress)
  const forwarded = request.headers['x-forwarded-for']
  if (forwarded === undefined || !isTrusted(nearest)) return nearest
  const hops = String(forwarded).split(',').reverse()
  for (const hop of hops) {
    const address = plainAddress(hop.trim())
    if (isIP(address) === 0) return nearest
    nearest = address
    if (!isTrusted(address)) return nearest
  }
  return nearest
}

/** A dual-stack listener shows IPv4 peers as `::ffff:192.0.2.1`. */
function plainAddress(address: string | undefined): string {
  if (address === undefined) return 'unknown'
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address
}
