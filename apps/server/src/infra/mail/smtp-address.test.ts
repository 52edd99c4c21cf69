import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isThisMachine, parseSmtpAddress } from './smtp-address.ts'

it('reads host, port, kind of TLS and login of an address', () => {
  expect(parseSmtpAddress('smtp://mail.example.com')).toEqual({
    host: 'mail.example.com',
    port: 587,
    isImplicitTls: false,
    login: null,
  })
  expect(parseSmtpAddress('smtps://u:p@mail.example.com/')).toEqual({
    host: 'mail.example.com',
    port: 465,
    isImplicitTls: true,
    login: { user: 'u', password: 'p' },
  })
  expect(parseSmtpAddress('smtp://[::1]:2525')).toMatchObject({ host: '::1', port: 2525 })
})

it('reads any user and password that are percent-encoded, and refuses halves and broken escapes', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1 })
  fc.assert(
    fc.property(word, word, (user, password) => {
      const address = parseSmtpAddress(`smtp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@h.example`)
      expect(address?.login).toEqual({ user, password })
    }),
  )
  for (const text of ['smtp://user@h.example', 'smtp://:pw@h.example', 'smtp://%zz:pw@h.example'])
    expect(parseSmtpAddress(text)).toBeNull()
})

it('knows which hosts are this machine', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1']) expect(isThisMachine(host)).toBe(true)
  for (const host of ['127.evil.example', '128.0.0.1', 'localhost.evil.example', '::2', 'mail', ''])
    expect(isThisMachine(host)).toBe(false)
})
