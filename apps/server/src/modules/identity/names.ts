import { randomText } from './digests.ts'

/** Returns an address as it is stored and compared. */
export function foldEmail(text: string): string {
  return text.trim().toLowerCase()
}

/** Tells whether a folded text is an address we take: one `@`, ASCII, a dotted domain, at most 254 characters. */
export function isEmail(folded: string): boolean {
  return (
    folded.length <= 254 &&
    /^[!-?A-~]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(folded)
  )
}

export function foldClientCode(text: string): string {
  return text.toUpperCase()
}

/** Without the letters and digits that people take for each other. */
const codeAlphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** Returns a client code for a new account: a letter and seven more, 3 × 10^10 of them. */
export function createClientCode(): string {
  return randomText(codeAlphabet.slice(0, 24), 1) + randomText(codeAlphabet, 7)
}
