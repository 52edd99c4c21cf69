import { inspect } from 'node:util'
import { createManualTime } from '@banyan/brokers/memory'
import { Secret } from '@banyan/domain'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createNoMailer } from './no-mailer.ts'
import { parseMail } from './parse-mail.ts'
import { createSmtpMailer, type SmtpMailerParts } from './smtp-mailer.ts'
import { selfSigned } from './testing/self-signed.ts'
import type { SmtpFault } from './testing/smtp-session.ts'
import { createSmtpSink, type SmtpSink, type SmtpSinkOptions } from './testing/smtp-sink.ts'

const clock = createManualTime(Date.UTC(2026, 2, 12, 6, 12, 7))
const from = { name: 'Banyan', address: 'no-reply@banyan.example' }
const message = { to: 'asha@example.com', subject: 'Your code', text: 'Your code is 482913.\n' }
const sinks: SmtpSink[] = []

async function sink(options?: SmtpSinkOptions): Promise<SmtpSink> {
  const opened = await createSmtpSink(options)
  sinks.push(opened)
  return opened
}

function mailerTo(url: string, parts: Partial<SmtpMailerParts> = {}) {
  return createSmtpMailer({ url: new Secret(url), from, clock, ...parts })
}

const failureOf = (sending: Promise<void>) => sending.then(() => null).catch((error: unknown) => error)

afterEach(async () => {
  for (const opened of sinks.splice(0)) await opened.close()
})

describe('the SMTP mailer', () => {
  it('hands over a mail with its text, its HTML and what keeps robots from answering', async () => {
    const server = await sink()
    await mailerTo(server.url).send({
      ...message,
      subject: 'Ihr Schlüssel – आपका कोड',
      html: '<p>Your code is <b>482913</b>.</p>',
    })
    const mail = await server.waitForMail(1)
    expect(mail).toMatchObject({
      from: 'no-reply@banyan.example',
      to: ['asha@example.com'],
      isEncrypted: false,
      login: null,
    })
    expect(parseMail(mail.source)).toEqual({ ...message, subject: 'Ihr Schlüssel – आपका कोड' })
    expect(mail.source).toContain('<p>Your code is <b>482913</b>.</p>')
    for (const line of [
      'From: Banyan <no-reply@banyan.example>',
      'Auto-Submitted: auto-generated',
      'Date: Thu, 12 Mar 2026 06:12:07 +0000',
    ]) {
      expect(mail.source).toContain(`${line}\r\n`)
    }
    expect(mail.source).not.toMatch(/mailer/i)
    await vi.waitFor(() => expect(server.openConnections()).toBe(0))
  })

  it('signs in with the user and password of the address', async () => {
    const server = await sink()
    await mailerTo(server.url.replace('smtp://', 'smtp://user%40x:p%2Fw%25@')).send(message)
    expect((await server.waitForMail(1)).login).toBe('user@x p/w%')
  })

  it('uses TLS from the first byte or by STARTTLS', async () => {
    for (const moment of ['first-byte', 'starttls'] as const) {
      const server = await sink({ tls: { ...selfSigned, from: moment } })
      await mailerTo(server.url.replace('://', '://user:pw@'), { authority: selfSigned.cert }).send(message)
      expect(await server.waitForMail(1)).toMatchObject({ isEncrypted: true, login: 'user pw' })
    }
  })

  it('shows neither login nor mail to a server whose certificate it cannot verify', async () => {
    for (const moment of ['first-byte', 'starttls'] as const) {
      const server = await sink({ tls: { ...selfSigned, from: moment } })
      const error = await failureOf(mailerTo(server.url.replace('://', '://user:pw@')).send(message))
      expect(error).toMatchObject({ code: 'unavailable' })
      expect(server.mails).toEqual([])
      expect(server.commands.filter((line) => !/^(EHLO|STARTTLS)/.test(line))).toEqual([])
    }
  })

  it('gives no mail in clear to another machine', async () => {
    const server = await sink()
    // This machine too, but not one of its names that we take for it.
    const url = server.url.replace('127.0.0.1', '0.0.0.0')
    expect(await failureOf(mailerTo(url).send(message))).toMatchObject({ code: 'unavailable' })
    expect(server.commands.map((line) => line.split(' ')[0])).toEqual(['EHLO', 'STARTTLS'])
  })

  it.each<SmtpFault>(['refuse', 'temporary', 'permanent', 'close-mid-data'])(
    'fails as unavailable, once, when the server’s answer is "%s", and works again afterwards',
    async (fault) => {
      const server = await sink()
      const mailer = mailerTo(server.url)
      server.setFault(fault)
      const error = await failureOf(mailer.send(message))
      expect(error).toMatchObject({ code: 'unavailable', message: 'The mail could not be sent.' })
      expect(inspect(error)).not.toContain('482913')
      expect(server.commands.filter((line) => line.startsWith('MAIL')).length).toBeLessThanOrEqual(1)
      server.setFault('none')
      await mailer.send(message)
      expect(server.mails).toHaveLength(1)
    },
  )

  it.each([
    ['hang', undefined],
    ['hang-after-data', 'DATA'],
  ] as const)('gives up at the deadline on "%s" and closes the connection', async (fault, reached) => {
    const server = await sink()
    server.setFault(fault)
    const time = new AbortController()
    const sending = failureOf(mailerTo(server.url, { deadline: () => time.signal }).send(message))
    await vi.waitFor(() => expect([server.openConnections(), server.commands.at(-1)]).toEqual([1, reached]))
    time.abort(new Error('over'))
    expect(await sending).toMatchObject({ code: 'unavailable' })
    await vi.waitFor(() => expect(server.openConnections()).toBe(0))
  })

  it('stops waiting by itself for a server that never greets', async () => {
    const server = await sink()
    server.setFault('hang')
    const mailer = mailerTo(server.url, { deadline: () => AbortSignal.timeout(100) })
    expect(await failureOf(mailer.send(message))).toMatchObject({ code: 'unavailable' })
    expect(await failureOf(mailerTo('smtp://127.0.0.1:1').send(message))).toMatchObject({ code: 'unavailable' })
  })

  it('opens four connections at once at most, and who is still waiting at the deadline opens none', async () => {
    const server = await sink()
    server.setFault('hang')
    const time = new AbortController()
    const mailer = mailerTo(server.url, { deadline: () => time.signal })
    const sendings = Promise.all(Array.from({ length: 10 }, () => failureOf(mailer.send(message))))
    await vi.waitFor(() => expect(server.openConnections()).toBe(4))
    server.setFault('none')
    time.abort(new Error('over'))
    for (const error of await sendings) expect(error).toMatchObject({ code: 'unavailable' })
    await vi.waitFor(() => expect(server.openConnections()).toBe(0))
    expect([server.mails, server.commands]).toEqual([[], []])
  })

  it('refuses an address that is none when it is made, without quoting it', () => {
    for (const url of [
      'canary',
      'http://canary',
      'smtp://',
      'smtp://u@canary',
      'smtp://canary/x',
      'smtp://canary?tls.rejectUnauthorized=false',
    ]) {
      expect(() => mailerTo(url)).toThrow('the address of the mail server is not an smtp:// or smtps:// URL')
    }
  })
})

describe('what a mail is made of', () => {
  it('never becomes a command, a header or another recipient, whatever it contains', async () => {
    const server = await sink()
    const mailer = mailerTo(server.url)
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '\r',
            '\n',
            '\r\n',
            '\r\n.\r\n',
            'Bcc: x@evil.example',
            'RCPT TO:<x@evil.example>',
            '\0',
            '\u2028',
            '=?UTF-8?B?eA==?=',
            '=?',
            '.',
            ' ',
            'ü',
            '"',
            '<',
            '>',
            ',',
          ),
        )
        .map((parts) => parts.join('')),
    )
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (subject, text, html) => {
        const before = { commands: server.commands.length, mails: server.mails.length }
        await mailer.send({ to: message.to, subject, text, html })
        const commands = server.commands.slice(before.commands).map((line) => line.split(/[ :]/)[0])
        expect(commands).toEqual(['EHLO', 'MAIL', 'RCPT', 'DATA'])
        expect(server.mails).toHaveLength(before.mails + 1)
        const mail = server.mails.at(-1)
        expect(mail?.to).toEqual([message.to])
        const head = mail?.source.split('\r\n\r\n')[0]?.replaceAll(/\r\n[ \t]/g, ' ') ?? ''
        const names = head
          .split('\r\n')
          .map((line) => line.split(':')[0])
          .sort()
        expect(names.filter((name) => name !== 'Subject')).toEqual([
          'Auto-Submitted',
          'Content-Type',
          'Date',
          'From',
          'MIME-Version',
          'Message-ID',
          'To',
        ])
        expect(mail?.source).toMatch(/^[\x20-\x7e\r\n\t]*$/)
      }),
      { numRuns: 100 },
    )
  })

  it('goes to one plain mailbox or nowhere', async () => {
    const server = await sink()
    const mailer = mailerTo(server.url)
    const addresses = [
      '',
      'asha',
      '@example.com',
      'a@',
      'a@b@c',
      'a@example.com,b@example.com',
      'a@example.com b@example.com',
      '<a@example.com>',
      'A <a@example.com>',
      'a@example.com\r\nBcc: b@example.com',
      'a@example.com\n',
      '"a b"@example.com',
      'a@[127.0.0.1]',
      'ü@example.com',
      'a@exämple.com',
      'a@example.com>',
      `${'a'.repeat(65)}@example.com`,
      `a@${'b'.repeat(260)}.com`,
      'group:a@example.com;',
      'a@example.com.',
    ]
    for (const to of addresses) {
      expect(await failureOf(mailer.send({ ...message, to }))).toMatchObject({
        code: 'invalid_parameter',
        details: [{ field: 'to' }],
      })
    }
    expect(server.commands).toEqual([])
    for (const to of [
      'a.b+c@example.co.in',
      "o'neil@example.com",
      'a..b@example.com',
      '.a@example.com',
      'A@EXAMPLE.COM',
    ]) {
      await mailer.send({ ...message, to })
      expect(parseMail(server.mails.at(-1)?.source ?? '').to.toLowerCase()).toBe(to.toLowerCase())
    }
  })
})

it('a server without mail says so and sends nothing', async () => {
  const mailer = createNoMailer()
  expect(mailer.isConfigured).toBe(false)
  expect(await failureOf(mailer.send(message))).toMatchObject({ code: 'mail_not_configured' })
})
