import { randomFillSync } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const idBytes = 16

/** Returns `req_` and 128 random bits in Crockford's base32. Random bytes are drawn 256 ids at a time. */
export function createRequestIds(): () => string {
  const pool = new Uint8Array(idBytes * 256)
  const pairs = Array.from({ length: 1_024 }, (_, i) => `${alphabet[i >> 5]}${alphabet[i & 31]}`)
  let used = pool.length
  return () => {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    const start = used
    used += idBytes
    return `req_${base32(pool, start, pairs)}`
  }
}

/** Takes ten bits, two characters, at a time; the last two of 130 bits are zero. */
function base32(bytes: Uint8Array, start: number, pairs: readonly string[]): string {
  let text = ''
  let bits = 0
  let value = 0
  for (let i = start; i < start + idBytes; i++) {
    value = ((value << 8) | (bytes[i] ?? 0)) & 0x3ffff
    bits += 8
    if (bits < 10) continue
    bits -= 10
    text += pairs[(value >> bits) & 1_023]
  }
  return text + pairs[(value << (10 - bits)) & 1_023]
}
