import { createContent, type MailContent } from './mail-content.ts'
import { link, sentence } from './render-blocks.ts'

/** Carries the link to set a new password. It opens nothing by itself: a second factor is still asked for at the sign-in. */
export function passwordResetLinkMail(parts: {
  /** The page with its token, built from `PUBLIC_URL`. */
  readonly resetUrl: string
  readonly validMinutes: number
}): MailContent {
  return createContent('Set a new password', [
    sentence('Somebody asked for a new password for your Banyan account.'),
    link('Set a new password', parts.resetUrl),
    sentence(`The link works once, within ${parts.validMinutes} minutes, and only until another one is asked for.`),
    sentence('If you did not ask for it, ignore this mail: your password stays as it is.'),
  ])
}
