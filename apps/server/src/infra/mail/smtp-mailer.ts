import { BanyanError, type Clock, type Secret } from '@banyan/domain'
import { bulkhead } from 'cockatiel'
import { createTransport } from 'nodemailer'
import { composeMail } from './compose-mail.ts'
import type { Sender } from './mail-address.ts'
import type { Mailer } from './mailer.ts'
import { isThisMachine, parseSmtpAddress, type SmtpAddress } from './smtp-address.ts'

export interface SmtpMailerParts {
  /** `smtp://` or `smtps://`, with user and password when the server wants them. */
  readonly url: Secret
  readonly from: Sender
  readonly clock: Clock
  /** PEM of the authority that signed the server's certificate, trusted instead of the machine's own. */
  readonly authority?: string
  /** Bound of one mail from the wait for a place to the server's last word. Default: a signal of 10 s (quality-bar.md U1). */
  deadline?(): AbortSignal
}

const deadlineMs = 10_000

/** Milliseconds. The first covers everything up to the end of STARTTLS, the third each silence after it. */
const timeouts = {
  dnsTimeout: 2_000,
  connectionTimeout: 5_000,
  greetingTimeout: 5_000,
  socketTimeout: 5_000,
  socketCloseTimeout: 1_000,
}

/** A mail server rarely takes more connections than this from one client. */
const limits = { atOnce: 4, waiting: 60 }

/**
 * Returns a mailer that hands each mail to an SMTP server (RFC 5321) on a connection of its own. Mails carry codes, so off this machine
 * they go over TLS with a verified certificate or not at all; nothing is logged, and a failed mail is not tried again.
 */
export function createSmtpMailer({
  url,
  from,
  clock,
  authority,
  deadline = () => AbortSignal.timeout(deadlineMs),
}: SmtpMailerParts): Mailer {
  const address = parseSmtpAddress(url.reveal())
  if (address === null) throw new TypeError('the address of the mail server is not an smtp:// or smtps:// URL')
  const transport = createTransport({
    ...connectionOf(address),
    ...(authority === undefined ? {} : { tls: { ca: authority } }),
  })
  const places = bulkhead(limits.atOnce, limits.waiting)
  return {
    isConfigured: true,
    async send(message) {
      const mail = composeMail(message, { from, now: clock.now() })
      const signal = deadline()
      try {
        await places.execute(() => transport.sendMail({ ...mail, signal }), signal)
      } catch (cause) {
        throw new BanyanError('unavailable', { message: 'The mail could not be sent.', cause })
      }
    },
  }
}

function connectionOf({ host, port, isImplicitTls, login }: SmtpAddress) {
  return {
    host,
    port,
    secure: isImplicitTls,
    requireTLS: !isImplicitTls && !isThisMachine(host),
    ...(login && { auth: { user: login.user, pass: login.password } }),
    ...timeouts,
    maxResponseSize: 64 * 1024,
    logger: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
