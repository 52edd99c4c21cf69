import { createContent, type MailContent } from './mail-content.ts'
import { sentence } from './render-blocks.ts'
import { ifNotYou, type WhereFrom, whereFrom } from './where-from.ts'

/** Tells that a used refresh token came again and its sign-in was ended. */
export function refreshReusedMail(parts: WhereFrom & { readonly accountUrl: string | null }): MailContent {
  return createContent('One of your Banyan sign-ins was ended for safety', [
    sentence(
      'A token that had been used before was presented again. Either somebody copied it, or a program kept an old one.',
    ),
    whereFrom(parts),
    sentence('We ended that sign-in. Your others go on; sign in again where you were signed out.'),
    ...ifNotYou('change your password and look through your sessions.', parts.accountUrl),
  ])
}
