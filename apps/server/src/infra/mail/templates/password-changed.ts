import { createContent, type MailContent } from './mail-content.ts'
import { sentence } from './render-blocks.ts'
import { ifNotYou, type WhereFrom, whereFrom } from './where-from.ts'

/** Tells that the password was changed or reset. */
export function passwordChangedMail(parts: WhereFrom & { readonly accountUrl: string | null }): MailContent {
  return createContent('Your Banyan password was changed', [
    sentence('The password of your account was changed. All other sign-ins and trusted devices have ended.'),
    whereFrom(parts),
    sentence('API keys go on working. Remove those you do not need.'),
    ...ifNotYou(
      'ask for a new password at once, and secure this mailbox, since it can reset your password.',
      parts.accountUrl,
    ),
  ])
}
