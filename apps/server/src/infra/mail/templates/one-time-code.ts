import { createContent, type MailContent } from './mail-content.ts'
import { sentence } from './render-blocks.ts'

const wording = {
  'sign-in': ['Your sign-in code', 'Use this code to finish signing in:'],
  'access-code': ['Your access code', 'Use this access code to finish signing in with your application:'],
  'password-reset': [
    'Your code for a new password',
    'Use this code to set a new password or to set up an authenticator app:',
  ],
  'mpin-reset': ['Your code for a new MPIN', 'Use this code to set a new MPIN or to register a device:'],
} as const satisfies Record<string, readonly [subject: string, use: string]>

export type OneTimeCodePurpose = keyof typeof wording

/** Carries a code that works once. The code is in the body only: subjects show on locked screens. */
export function oneTimeCodeMail(parts: {
  readonly purpose: OneTimeCodePurpose
  readonly code: string
  readonly validMinutes: number
}): MailContent {
  const [subject, use] = wording[parts.purpose]
  return createContent(subject, [
    sentence(use),
    { kind: 'code', code: parts.code },
    sentence(`It works once, within ${parts.validMinutes} minutes. Nobody from this server will ever ask you for it.`),
    sentence(
      'If you did not ask for it, do not pass it on to anyone. Somebody may know your password; change it when in doubt.',
    ),
  ])
}
