import { createContent, type MailContent } from './mail-content.ts'
import { sentence } from './render-blocks.ts'
import { ifNotYou, type WhereFrom, whereFrom } from './where-from.ts'

const factorNames = {
  totp: 'an authenticator app',
  'recovery-codes': 'the set of recovery codes',
  mpin: 'the MPIN',
  device: 'a registered device',
  passkey: 'a passkey',
  'sso-link': 'a single sign-on account',
  'otp-codes': 'codes by mail or SMS as second factor',
  email: 'the e-mail address',
  mobile: 'the mobile number',
} as const

const changes = { added: 'Added to', removed: 'Removed from', changed: 'Changed in' } as const

export type ChangedFactor = keyof typeof factorNames
export type FactorChange = keyof typeof changes

/** Tells that a way to sign in was added, removed or changed. Of a new e-mail address the former one is told. */
export function factorChangedMail(
  parts: WhereFrom & {
    readonly factor: ChangedFactor
    readonly change: FactorChange
    readonly accountUrl: string | null
  },
): MailContent {
  const [change, name] = [changes[parts.change], factorNames[parts.factor]]
  return createContent(`${change} your Banyan account: ${name}`, [
    sentence(`${change} your account: ${name}.`),
    whereFrom(parts),
    sentence('If this was you, there is nothing to do.'),
    ...ifNotYou('change your password at once, undo the change, and end all other sessions.', parts.accountUrl),
  ])
}
