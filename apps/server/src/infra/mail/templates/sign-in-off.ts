import { createContent, type MailContent } from './mail-content.ts'
import { link, sentence } from './render-blocks.ts'
import { type WhereFrom, whereFrom } from './where-from.ts'

const wording = {
  password: [
    'Signing in with your Banyan password is switched off',
    'wrong passwords in a row, so your password opens nothing for now, not even for you.',
    'Set a new password to switch it on again, or ask the owner of this server to do it.',
  ],
  'second-factor': [
    'The second factor of your Banyan account is switched off',
    'wrong codes in a row, so this second factor opens nothing for now. It is still asked for.',
    'Sign in with a recovery code and set it up anew, or ask the owner of this server to reset it.',
  ],
} as const

export type SwitchedOff = keyof typeof wording

/** Tells that guessing went on so long that a way to sign in was switched off; where-from is that of the last try. */
export function signInOffMail(
  parts: WhereFrom & {
    readonly what: SwitchedOff
    readonly failures: number
    /** Page to ask for a new password, or of the account; null when this server has no public address. */
    readonly remedyUrl: string | null
  },
): MailContent {
  const [subject, happened, remedy] = wording[parts.what]
  return createContent(subject, [
    sentence(`There were ${parts.failures} ${happened} The last try:`),
    whereFrom(parts),
    sentence(remedy),
    parts.remedyUrl === null ? null : link('To the page', parts.remedyUrl),
    sentence('Nobody got in with these tries.'),
  ])
}
