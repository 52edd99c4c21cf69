import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createManualTime } from '@banyan/brokers/memory'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { listOutbox } from './list-outbox.ts'
import { parseSender, toHeaderText } from './mail-address.ts'
import { createOutboxMailer } from './outbox-mailer.ts'
import { parseMail } from './parse-mail.ts'

const start = Date.UTC(2026, 2, 12, 6, 12, 7, 123)
const from = { name: 'Banyan', address: 'no-reply@banyan.example' }
const home = mkdtempSync(join(tmpdir(), 'banyan-outbox-'))
let folders = 0

afterAll(() => rmSync(home, { recursive: true }))

function openOutbox(kept?: number) {
  const folder = join(home, `outbox-${folders++}`)
  const time = createManualTime(start)
  return { folder, time, mailer: createOutboxMailer({ folder, from, clock: time, ...(kept && { kept }) }) }
}

const mail = (n: number) => ({ to: 'asha@example.com', subject: `Mail ${n}`, text: `Number ${n}.\n` })

describe('the development outbox', () => {
  it('keeps each mail as one file for its owner alone, which a person can read', async () => {
    const { folder, mailer } = openOutbox()
    await mailer.send({ ...mail(1), text: 'Your code is 482913.\n', html: '<p>Your code is 482913.</p>' })
    const [name = '', ...more] = readdirSync(folder)
    expect(more).toEqual([])
    expect(name).toMatch(/^20260312T061207123Z-000001-[0-9a-f]{8}\.eml$/)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, name), 'utf8')).toContain('\r\nYour code is 482913.\r\n')
  })

  it('lists the newest first, also those of one millisecond, up to the limit', async () => {
    const { folder, time, mailer } = openOutbox()
    expect(await listOutbox(folder, 10)).toEqual([])
    for (const n of [1, 2, 3]) await mailer.send(mail(n))
    time.advance(1)
    await mailer.send(mail(4))
    const listed = await listOutbox(folder, 3)
    expect(listed.map(({ subject }) => subject)).toEqual(['Mail 4', 'Mail 3', 'Mail 2'])
    expect(listed.map(({ createdAt }) => createdAt)).toEqual([start + 1, start, start])
    expect(listed[0]).toMatchObject(mail(4))
    expect(listed[0]?.id).toMatch(/^20260312T061207124Z-000004-[0-9a-f]{8}$/)
    expect(await listOutbox(folder, 0)).toEqual([])
  })

  it('keeps the last mails only, and shows nothing half-written or foreign', async () => {
    const { folder, mailer } = openOutbox(3)
    for (let n = 1; n <= 5; n++) await mailer.send(mail(n))
    writeFileSync(join(folder, '20260312T061207999Z-000009-00000000.eml.0a0b0c0d.partial'), 'half')
    writeFileSync(join(folder, 'notes.eml'), 'mine')
    expect((await listOutbox(folder, 10)).map(({ subject }) => subject)).toEqual(['Mail 5', 'Mail 4', 'Mail 3'])
    await mailer.send(mail(6))
    expect(readdirSync(folder)).toContain('notes.eml')
  })

  it('takes mails at once without losing one', async () => {
    const { folder, mailer } = openOutbox()
    await Promise.all(Array.from({ length: 25 }, (_, n) => mailer.send(mail(n))))
    const subjects = (await listOutbox(folder, 100)).map(({ subject }) => subject)
    expect(new Set(subjects).size).toBe(25)
  })

  it('that cannot be written makes the mail fail as unavailable', async () => {
    const file = join(home, 'a-file')
    writeFileSync(file, '')
    const mailer = createOutboxMailer({ folder: join(file, 'outbox'), from, clock: createManualTime(start) })
    await expect(mailer.send(mail(1))).rejects.toMatchObject({ code: 'unavailable' })
    await expect(listOutbox(file, 10)).rejects.toThrow('ENOTDIR')
  })

  it('gives back exactly what was sent, whatever it was', async () => {
    const { folder, mailer } = openOutbox(5)
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.constantFrom(
        'x'.repeat(2_000),
        ' '.repeat(90),
        '.',
        '..',
        '=',
        '=41',
        '--',
        'From x',
        'Bcc: a@b.c',
        '\t',
        'a ',
        '=?UTF-8?B?eA==?=',
        'नमस्ते '.repeat(40),
      ),
    )
    const text = fc
      .array(line, { maxLength: 6 })
      .chain((lines) => fc.constantFrom('\n', '\r\n', '\r', '\n\n').map((end) => lines.join(end)))
    await fc.assert(
      fc.asyncProperty(line, text, fc.option(text, { nil: undefined }), async (subject, body, html) => {
        await mailer.send({ to: 'asha@example.com', subject, text: body, ...(html === undefined ? {} : { html }) })
        const lines = body.toWellFormed().replaceAll(/\r\n?/g, '\n')
        const [stored] = await listOutbox(folder, 1)
        expect(stored).toMatchObject({
          to: 'asha@example.com',
          subject: [...toHeaderText(subject)].slice(0, 200).join('').trimEnd(),
          text: lines.endsWith('\n') ? lines : `${lines}\n`,
        })
      }),
      { numRuns: 200 },
    )
  })
})

describe('a stored mail', () => {
  it('of another form is an error, not an empty mail', () => {
    for (const source of [
      '',
      'x',
      'To: a@b.c\r\n\r\nhello',
      'To: a@b.c\r\nContent-Type: text/plain\r\n\r\nhello',
      'To: nobody\r\nSubject: x\r\n\r\n',
    ]) {
      expect(() => parseMail(source)).toThrow(TypeError)
    }
  })
})

describe('a sender', () => {
  it('is an address, with or without a name', () => {
    expect(parseSender('no-reply@example.com')).toEqual({ name: '', address: 'no-reply@example.com' })
    expect(parseSender('Banyan at home <no-reply@example.com>')).toEqual({
      name: 'Banyan at home',
      address: 'no-reply@example.com',
    })
    for (const text of [
      '',
      'Banyan',
      '<a@b.c',
      'A\r\nBcc: b <a@b.c>',
      'A <a@b.c> <d@e.f>',
      'A <a@b.c>, d@e.f',
      '"A" <a@b.c>',
      '=?x <a@b.c>',
    ]) {
      expect(parseSender(text)).toBeNull()
    }
  })
})
