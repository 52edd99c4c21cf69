import { BanyanError } from '@banyan/domain'

/** Longest text a password may be given as, before anything is done with it. */
const longestGiven = 1_024
const shortest = 8
const longest = 256

/** What the password must not be, because everyone who knows the account knows it. */
export interface KnownWords {
  readonly email: string
  readonly name: string | null
  readonly clientCode: string | null
  readonly host: string
}

/** Returns the text that is hashed and checked: NFKC and nothing else, so that one password typed on two systems is one (NIST SP 800-63B-4 §3.1.1.2). */
export function normalisePassword(given: string): string {
  return given.normalize('NFKC')
}

export function refuse(reason: string): BanyanError {
  return new BanyanError('unacceptable_secret', { message: reason })
}

/** Throws `unacceptable_secret`, its message completing a sentence that begins with the field's name, unless the password may be set. */
export function checkNewPassword(given: string, known: KnownWords, isCommon: (folded: string) => boolean): void {
  if (given.length > longestGiven) throw refuse(`must have ${shortest} to ${longest} characters`)
  const password = normalisePassword(given)
  const length = [...password].length
  if (length < shortest || length > longest) throw refuse(`must have ${shortest} to ${longest} characters`)
  const folded = password.toLowerCase()
  if (isCommon(folded)) throw refuse('is too common: it is among the first that attackers try')
  if (wordsOf(known).includes(folded)) throw refuse('must not be a name, address or code of the account or the server')
}

function wordsOf({ email, name, clientCode, host }: KnownWords): readonly string[] {
  const local = email.split('@', 1)[0] ?? ''
  const words = [
    'banyan',
    'banyanbanyan',
    host,
    email,
    local,
    name ?? '',
    (name ?? '').replace(/\s+/g, ''),
    clientCode ?? '',
  ]
  return words.filter((word) => word !== '').map((word) => word.normalize('NFKC').toLowerCase())
}
