import { BanyanError, type EpochMs } from '@banyan/domain'
import type { SendMailOptions } from 'nodemailer'
import { isMailAddress, type Sender, toHeaderText } from './mail-address.ts'
import type { MailMessage } from './mailer.ts'

/** A header line longer than this is no subject any more. */
const longestSubject = 200

/**
 * Returns a message as nodemailer takes it, in one form only: quoted-printable UTF-8 with CRLF line ends, so that a stored mail can be
 * read by a person and by {@link parseMail}. Throws `invalid_parameter` when the address is no plain mailbox.
 */
export function composeMail(message: MailMessage, { from, now }: { from: Sender; now: EpochMs }): SendMailOptions {
  if (!isMailAddress(message.to)) {
    throw new BanyanError('invalid_parameter', {
      details: [{ field: 'to', reason: 'must be one plain e-mail address' }],
    })
  }
  return {
    // As objects: a text would be parsed, and could be read as two addresses.
    from: { name: from.name, address: from.address },
    to: { name: '', address: message.to },
    subject: [...toHeaderText(message.subject)].slice(0, longestSubject).join('').trimEnd(),
    date: new Date(now),
    text: toWireText(message.text),
    ...(message.html === undefined ? {} : { html: toWireText(message.html) }),
    // Keeps out-of-office programs from answering (RFC 3834 §5).
    headers: { 'Auto-Submitted': 'auto-generated' },
    encoding: 'quoted-printable',
    textEncoding: 'B',
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** Lines end with CRLF (RFC 2046 §4.1.1) and the last one ends too, which transports otherwise do in ways of their own. */
function toWireText(text: string): string {
  const lines = text.toWellFormed().replaceAll(/\r\n?/g, '\n')
  return (lines.endsWith('\n') ? lines : `${lines}\n`).replaceAll('\n', '\r\n')
}
