import { BlockList, isIP } from 'node:net'

/** Addresses that are not the public internet's (IANA special-purpose registries), multicast included. */
const special = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const
const special6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const
/** Of IPv6 only this much is public: global unicast, IPv4 written as IPv6, and IPv4 behind a translator (RFC 6052). */
const global6 = [
  ['2000::', 3],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
] as const

const privateAddresses = new BlockList()
for (const [net, bits] of special) {
  privateAddresses.addSubnet(net, bits, 'ipv4')
  privateAddresses.addSubnet(`64:ff9b::${net}`, 96 + bits, 'ipv6')
}
for (const [net, bits] of special6) privateAddresses.addSubnet(net, bits, 'ipv6')

const globalAddresses = new BlockList()
for (const [net, bits] of global6) globalAddresses.addSubnet(net, bits, 'ipv6')

/** Returns whether an IP address is reached over the public internet; false for what is no IP address. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !privateAddresses.check(address, 'ipv4')
  return isIP(address) === 6 && globalAddresses.check(address, 'ipv6') && !privateAddresses.check(address, 'ipv6')
}
