import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** Returns the SHA-256 of a token in lower-case hex: for tokens of 128 bit and more, which nobody can try out. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Returns `bytes` random bytes in base64url. */
export function randomToken(bytes: number): string {
  return randomBytes(bytes).toString('base64url')
}

export function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}

/** Returns `length` characters, each of the alphabet with the same chance. */
export function randomText(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)] ?? '').join('')
}

/** Returns `length` random decimal digits, leading zeros included. */
export function randomDigits(length: number): string {
  return randomText('0123456789', length)
}

const idAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Returns `prefix` and 16 random letters and digits. */
export function randomId(prefix: string): string {
  return prefix + randomText(idAlphabet, 16)
}
