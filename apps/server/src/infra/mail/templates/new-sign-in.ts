import { createContent, type MailContent } from './mail-content.ts'
import { sentence } from './render-blocks.ts'
import { ifNotYou, type WhereFrom, whereFrom } from './where-from.ts'

/** Tells of a sign-in from a device that had not signed in before. */
export function newSignInMail(parts: WhereFrom & { readonly accountUrl: string | null }): MailContent {
  return createContent('New sign-in to your Banyan account', [
    sentence('Somebody signed in to your account from a device we have not seen before.'),
    whereFrom(parts),
    sentence('If this was you, there is nothing to do.'),
    ...ifNotYou(
      'change your password, which ends all other sign-ins, and look through your sessions.',
      parts.accountUrl,
    ),
  ])
}
