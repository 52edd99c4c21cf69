import { type Role, roles } from '../modules/identity/index.ts'
import { UsageError } from './run-command.ts'

export const userHelp = `npm run user -- <what> …

  create <e-mail> [owner|member|read-only] [name]   makes an account; the password is read from standard input
  list                                             lists the accounts
  lock <account>                                   ends its sessions and lets it in no more
  unlock <account>                                 lets it in again and forgets wrong guesses
  reset-factors <account>                          removes TOTP, recovery codes, MPIN, devices, passkeys and links
  role <account> <owner|member|read-only>          changes the role and ends its sessions
  invite [owner|member|read-only]                  prints a token with which one person may register within 7 days

<account> is an e-mail address or a client code. Works beside a running server and without one.
`

/** What was asked for; the same text goes to a running server. */
export type UserRequest =
  | {
      readonly what: 'create'
      readonly email: string
      readonly role: Role
      readonly name: string | null
      readonly password: string
    }
  | { readonly what: 'list' }
  | { readonly what: 'lock' | 'unlock' | 'reset-factors'; readonly account: string }
  | { readonly what: 'role'; readonly account: string; readonly role: Role }
  | { readonly what: 'invite'; readonly role: Role }

/** Reads the words of the command line; the password of `create` is added by whoever read it. Throws {@link UsageError}. */
export function parseUserWords(words: readonly string[]): UserRequest {
  const [what, first, second, ...rest] = words
  switch (what) {
    case 'create': {
      const name = rest.join(' ').trim()
      return {
        what,
        email: needed(first),
        role: roleOf(second ?? 'member'),
        name: name === '' ? null : name,
        password: '',
      }
    }
    case 'list':
      return { what }
    case 'lock':
    case 'unlock':
    case 'reset-factors':
      return { what, account: needed(first) }
    case 'role':
      return { what, account: needed(first), role: roleOf(second) }
    case 'invite':
      return { what, role: roleOf(first ?? 'member') }
    default:
      throw new UsageError(userHelp.trimEnd())
  }
}

function needed(word: string | undefined): string {
  if (word === undefined) throw new UsageError(userHelp.trimEnd())
  return word
}

function roleOf(word: string | undefined): Role {
  const role = roles.find((one) => one === word)
  if (role === undefined) throw new UsageError(`The role is one of ${roles.join(', ')}.`)
  return role
}
