import { join } from 'node:path'
import type { Clock, Secret } from '@banyan/domain'
import { type Config, ConfigurationError, isLoopback } from '../config.ts'
import type { Log } from '../infra/http/log.ts'
import { parseSender, type Sender } from '../infra/mail/mail-address.ts'
import type { Mailer } from '../infra/mail/mailer.ts'
import { createNoMailer } from '../infra/mail/no-mailer.ts'
import { createOutboxMailer } from '../infra/mail/outbox-mailer.ts'
import { parseSmtpAddress } from '../infra/mail/smtp-address.ts'
import { createSmtpMailer } from '../infra/mail/smtp-mailer.ts'
import { createNoSms } from '../infra/sms/no-sms.ts'
import type { SmsSender } from '../infra/sms/sms-sender.ts'
import { createWebhookSms } from '../infra/sms/webhook-sms.ts'

/** What takes mails and texts out of this server, and where mails lie when none takes them. */
export interface Outgoing {
  readonly mailer: Mailer
  readonly sms: SmsSender
  /** Folder of the development outbox; null where mails leave or are off. */
  readonly outbox: string | null
}

/** A mail server when there is one; else files, on loopback alone: whoever reads them can sign in as anybody. */
export function createOutgoing(config: Config, clock: Clock, log: Log): Outgoing {
  const from = senderOf(config.mailFrom)
  const sms =
    config.smsWebhookUrl === null
      ? createNoSms()
      : createWebhookSms({ url: config.smsWebhookUrl, signingSecret: config.smsWebhookSecret })
  if (config.smtpUrl !== null)
    return { mailer: createSmtpMailer({ url: checked(config.smtpUrl), from, clock }), sms, outbox: null }
  if (isLoopback(config.host)) {
    const folder = join(config.homeDir, 'outbox')
    log.info('No SMTP_URL: each mail is a file in the outbox of the data folder.')
    return { mailer: createOutboxMailer({ folder, from, clock }), sms, outbox: folder }
  }
  log.warn('No SMTP_URL: this server sends no mail, so codes, reset links and warnings reach nobody.')
  return { mailer: createNoMailer(), sms, outbox: null }
}

function senderOf(text: string): Sender {
  const sender = parseSender(text)
  if (sender === null) throw new ConfigurationError(['MAIL_FROM must be an address, or a name and an address in <>.'])
  return sender
}

function checked(url: Secret): Secret {
  if (parseSmtpAddress(url.reveal()) === null)
    throw new ConfigurationError(['SMTP_URL must be an smtp:// or smtps:// URL without path or query.'])
  return url
}
