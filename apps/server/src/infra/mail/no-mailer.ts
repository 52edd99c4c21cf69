import { BanyanError } from '@banyan/domain'
import type { Mailer } from './mailer.ts'

/** Returns the mailer of a server that sends none. */
export function createNoMailer(): Mailer {
  return { isConfigured: false, send: () => Promise.reject(new BanyanError('mail_not_configured')) }
}
