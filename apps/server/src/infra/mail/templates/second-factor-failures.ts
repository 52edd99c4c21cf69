import { createContent, type MailContent } from './mail-content.ts'
import { sentence } from './render-blocks.ts'
import { ifNotYou, type WhereFrom, whereFrom } from './where-from.ts'

/** Tells of many wrong second-factor codes; where-from is that of the last one. */
export function secondFactorFailuresMail(
  parts: WhereFrom & {
    readonly failures: number
    readonly pauseMinutes: number
    readonly accountUrl: string | null
  },
): MailContent {
  return createContent('Wrong codes for your Banyan account', [
    sentence(`There were ${parts.failures} wrong second-factor codes for your account. The last one:`),
    whereFrom(parts),
    sentence(`For ${parts.pauseMinutes} minutes no code is accepted. After that you can sign in as usual.`),
    ...ifNotYou('somebody may know your password. Change it.', parts.accountUrl),
  ])
}
