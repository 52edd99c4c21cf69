import { BanyanError, type Clock } from '@banyan/domain'
import type { EventPlace, Notice, Notices, Recipient } from '../../modules/identity/index.ts'
import type { SmsSender } from '../sms/sms-sender.ts'
import type { Mailer } from './mailer.ts'
import { emailChangeCodeMail } from './templates/email-change-code.ts'
import { factorChangedMail } from './templates/factor-changed.ts'
import type { MailContent } from './templates/mail-content.ts'
import { newSignInMail } from './templates/new-sign-in.ts'
import { type OneTimeCodePurpose, oneTimeCodeMail } from './templates/one-time-code.ts'
import { passwordChangedMail } from './templates/password-changed.ts'
import { passwordResetLinkMail } from './templates/password-reset-link.ts'
import { refreshReusedMail } from './templates/refresh-reused.ts'
import { secondFactorFailuresMail } from './templates/second-factor-failures.ts'
import { signInOffMail } from './templates/sign-in-off.ts'

/** Wrong passwords or codes in a row that switch them off, and the pause after ten wrong codes (quality bar L1, T5). */
const [runLimit, pauseMinutes] = [100, 15]

type CodeNotice = Extract<Notice, { readonly kind: 'code' }>

const codePurposes = {
  sign_in: 'sign-in',
  password_totp: 'password-reset',
  mpin: 'mpin-reset',
  access_code: 'access-code',
} as const satisfies Record<Exclude<CodeNotice['purpose'], 'email_change'>, OneTimeCodePurpose>

/** Creates what tells people of codes and changes. `accountUrl` is the page of this server where they act on it. */
export function createNotices(parts: {
  readonly mailer: Mailer
  readonly sms: SmsSender
  readonly clock: Clock
  readonly accountUrl: string | null
}): Notices {
  const { mailer, sms, clock, accountUrl } = parts
  return {
    hasMail: mailer.isConfigured,
    hasSms: sms.isConfigured,
    async send(to, notice) {
      if (notice.kind === 'code' && isBySms(to, notice)) {
        await sms.send({ to: to.mobile, text: smsText(notice, clock) })
        return
      }
      await mailer.send({ to: to.email, ...contentOf(notice, clock, accountUrl) })
    },
  }
}

/** Who chose texts gets no code by mail when the text cannot go: that the channel changed by itself would surprise its owner. */
function isBySms(to: Recipient, notice: CodeNotice): to is Recipient & { readonly mobile: string } {
  if (to.channel !== 'sms' || notice.purpose === 'email_change') return false
  if (to.mobile === null) throw new BanyanError('unavailable')
  return true
}

function smsText({ code, expiresAt }: CodeNotice, clock: Clock): string {
  return `${code} is your Banyan code. It works once, within ${minutesTo(expiresAt, clock)} minutes. Pass it on to nobody.`
}

function contentOf(notice: Notice, clock: Clock, accountUrl: string | null): MailContent {
  switch (notice.kind) {
    case 'code':
      return codeMail(notice, minutesTo(notice.expiresAt, clock))
    case 'reset_link':
      return passwordResetLinkMail({ resetUrl: notice.url, validMinutes: minutesTo(notice.expiresAt, clock) })
    case 'new_device':
      return newSignInMail({ ...whereFrom(notice.place), accountUrl })
    case 'password_changed':
      return passwordChangedMail({ ...whereFrom(notice.place), accountUrl })
    case 'factor_changed': {
      const { factor, change, place } = notice
      return factorChangedMail({ ...whereFrom(place), factor, change, accountUrl })
    }
    case 'refresh_reused':
      return refreshReusedMail({ ...whereFrom(notice.place), accountUrl })
    case 'second_factor_failures': {
      const { count: failures, place } = notice
      return secondFactorFailuresMail({ ...whereFrom(place), failures, pauseMinutes, accountUrl })
    }
    case 'sign_in_off': {
      const { what, place } = notice
      return signInOffMail({ ...whereFrom(place), what, failures: runLimit, remedyUrl: accountUrl })
    }
  }
}

function codeMail({ purpose, code }: CodeNotice, validMinutes: number): MailContent {
  if (purpose === 'email_change') return emailChangeCodeMail({ code, validMinutes })
  return oneTimeCodeMail({ purpose: codePurposes[purpose], code, validMinutes })
}

function whereFrom({ at, address, userAgent }: EventPlace) {
  return { at, address, device: userAgent }
}

function minutesTo(instant: number, clock: Clock): number {
  return Math.max(1, Math.round((instant - clock.now()) / 60_000))
}
