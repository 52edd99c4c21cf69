import { createRequire } from 'node:module'

/** The shortest password anybody may set has 8 characters, so shorter entries of the list say nothing (quality-bar.md P3, P4). */
const shortest = 8

let packed: string | null = null

/**
 * Tells whether a password is among the most common ones. `folded` is the password after NFKC and `toLowerCase`. The list of
 * @zxcvbn-ts/language-common is read at the first call, about 40 ms, and kept as one text of 170 kB: a look-up scans it in 0.1 ms,
 * a set of strings would take ten times the memory for something asked once per password change.
 */
export function isCommonPassword(folded: string): boolean {
  packed ??= `\n${listCommonPasswords().join('\n')}\n`
  return !folded.includes('\n') && packed.includes(`\n${folded}\n`)
}

/** Returns the entries of at least 8 characters, folded, each once, most common first. */
export function listCommonPasswords(): readonly string[] {
  // Not an import: that would load it into every process that touches this folder.
  const require = createRequire(import.meta.url)
  const { dictionary }: typeof import('@zxcvbn-ts/language-common') = require('@zxcvbn-ts/language-common')
  const folded = dictionary['passwords-common'].map((entry) => entry.normalize('NFKC').toLowerCase())
  return [...new Set(folded)].filter((entry) => [...entry].length >= shortest)
}
