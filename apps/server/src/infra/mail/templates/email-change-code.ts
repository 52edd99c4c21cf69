import { createContent, type MailContent } from './mail-content.ts'
import { sentence } from './render-blocks.ts'

/** Goes to the new address, to show that it belongs to who asked. Says nothing of the account: the address may be a stranger's. */
export function emailChangeCodeMail({
  code,
  validMinutes,
}: {
  readonly code: string
  readonly validMinutes: number
}): MailContent {
  return createContent('Confirm your new e-mail address', [
    sentence('Use this code to confirm that this address is yours:'),
    { kind: 'code', code },
    sentence(`It works once, within ${validMinutes} minutes. Nobody from this server will ever ask you for it.`),
    sentence('If you did not ask for it, ignore this mail: without the code nothing changes.'),
  ])
}
