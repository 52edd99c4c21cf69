import { BanyanError } from '@banyan/domain'
import type { SmsSender } from './sms-sender.ts'

/** Returns the sender of a server without an SMS gateway. */
export function createNoSms(): SmsSender {
  return {
    isConfigured: false,
    send: () => Promise.reject(new BanyanError('unavailable', { message: 'This server sends no SMS.' })),
  }
}
