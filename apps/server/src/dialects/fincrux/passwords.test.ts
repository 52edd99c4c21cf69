import type { LoginReply, MessageReply } from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendRaw } from '../../infra/http/testing/raw-socket.ts'
import { createNoMailer } from '../../infra/mail/no-mailer.ts'
import { totpCode } from '../synapsewave/testing/totp-code.ts'
import { type ApiCalls, bearer, cookie, createApiCalls, password, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

const next = 'another horse 10'

let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  server = await startIdentityServer({ settings: { linkOrigin: 'https://banyan.example' } })
  api = createApiCalls(server)
})
afterAll(() => server.close())

const change = (token: string, current_password: string, new_password: string) =>
  api.post('/api/auth/password', { current_password, new_password }, bearer(token))
const reset = (token: string, new_password: string) =>
  api.post<MessageReply>('/api/auth/password/reset', { token, new_password })

/** Asks for a link and returns the token in the newest one. */
async function mailedToken(email: string): Promise<string> {
  await api.post('/api/auth/password/forgot', { email })
  const link = (await server.mails()).findLast(({ to, text }) => to === email && text.includes('/reset#'))
  return /https:\/\/banyan\.example\/reset#token=(\S+)/.exec(link?.text ?? '')?.[1] ?? expect.unreachable('no link')
}

describe('POST /api/auth/password', () => {
  it('PW-1: ends all other sessions, keeps its own, and the old password opens nothing', async () => {
    const a = await api.register('pw1@example.com')
    const { body: b } = await api.login('pw1@example.com')
    const reply = await change(a.access, password, next)
    expect([reply.status, reply.body]).toEqual([200, { revoked_sessions: 1 }])
    for (const headers of [bearer(b.access), bearer(b.access_token), cookie(b.access_token)])
      expect(wordOf(await api.get('/api/auth/me', headers))).toBe('401 session_revoked')
    expect(wordOf(await api.post('/api/auth/refresh', { refresh: b.refresh }))).toBe('401 session_revoked')
    expect((await api.get('/api/auth/me', bearer(a.access))).status).toBe(200)
    expect(wordOf(await api.login('pw1@example.com'))).toBe('401 invalid_credentials')
    expect((await api.login('pw1@example.com', next)).status).toBe(200)
  })

  it('PW-2: refuses a wrong current password, and counts it', async () => {
    const a = await api.register('pw2@example.com')
    expect(wordOf(await change(a.access, 'wrong horse 9', next))).toBe('403 wrong_password')
    expect((await api.get('/api/auth/me', bearer(a.access))).status).toBe(200)
    for (let i = 0; i < 4; i++) await change(a.access, 'wrong horse 9', next)
    const locked = await change(a.access, password, next)
    expect([wordOf(locked), locked.headers.get('retry-after')]).toEqual(['429 too_many_attempts', '900'])
  })

  it('names the new password that may not be set', async () => {
    const a = await api.register('pw3@example.com')
    for (const given of ['short', 'password1', password, 'x'.repeat(257), 5, null]) {
      const reply = await change(a.access, password, given as string)
      expect([reply.status, reply.body.details?.map(({ field }) => field)]).toEqual([400, ['new_password']])
    }
    const both = await api.post('/api/auth/password', { current_password: 1, new_password: [] }, bearer(a.access))
    expect(both.body.details?.map(({ field }) => field)).toEqual(['current_password', 'new_password'])
  })
})

describe('POST /api/auth/password/forgot and /reset', () => {
  it('PW-3: sets the password once, ends every session, and signs nobody in', async () => {
    const a = await api.register('pw4@example.com')
    const token = await mailedToken('pw4@example.com')
    const refused = await reset(token, 'password1')
    expect([refused.status, wordOf(refused)]).toEqual([400, '400 invalid_parameter'])
    const reply = await reset(token, next)
    expect([reply.status, reply.body, reply.cookies]).toEqual([
      200,
      { message: 'Password changed. Please sign in.' },
      [],
    ])
    expect(wordOf(await api.get('/api/auth/me', bearer(a.access)))).toBe('401 session_revoked')
    expect(wordOf(await reset(token, 'a third horse 11'))).toBe('400 invalid_reset_token')
    expect((await api.login('pw4@example.com', next)).status).toBe(200)
  })

  it('PW-4: answers every address alike, and mails the one that has an account', async () => {
    await api.register('pw5@example.com')
    const before = (await server.mails()).length
    const replies = []
    for (const email of ['pw5@example.com', 'nobody@example.com'])
      replies.push(await api.post<MessageReply>('/api/auth/password/forgot', { email }))
    for (const reply of replies)
      expect([reply.status, reply.body]).toEqual([
        202,
        { message: 'If the address is registered, a link is on its way.' },
      ])
    const mails = (await server.mails()).slice(before)
    expect(mails.map(({ to }) => to)).toEqual(['pw5@example.com'])
    for (const email of ['x', null, 5])
      expect((await api.post('/api/auth/password/forgot', { email })).status).toBe(400)
  })

  it('sends at most three links an hour, and says nothing of it', async () => {
    await api.register('pw6@example.com')
    const before = (await server.mails()).length
    for (let i = 0; i < 5; i++)
      expect((await api.post('/api/auth/password/forgot', { email: 'pw6@example.com' })).status).toBe(202)
    expect((await server.mails()).length - before).toBe(3)
  })

  it('P8: a link dies with time, a newer one and a changed password, and keeps the second factor', async () => {
    const a = await api.register('pw7@example.com')
    const old = await mailedToken('pw7@example.com')
    const newer = await mailedToken('pw7@example.com')
    expect(wordOf(await reset(old, next))).toBe('400 invalid_reset_token')
    server.turn(1_801_000)
    expect(wordOf(await reset(newer, next))).toBe('400 invalid_reset_token')
    const before = await mailedToken('pw7@example.com')
    await change(a.access, password, next)
    expect(wordOf(await reset(before, 'a third horse 11'))).toBe('400 invalid_reset_token')
    const headers = bearer((await api.login('pw7@example.com', next)).body.access)
    const { secret } = (await api.post<{ secret: string }>('/api/auth/totp/enrol', { password: next }, headers)).body
    await api.post('/api/auth/totp/confirm', { code: totpCode(secret, server.now()) }, headers)
    server.turn(3_600_000)
    expect((await reset(await mailedToken('pw7@example.com'), 'a third horse 11')).status).toBe(200)
    expect(wordOf(await api.login<LoginReply>('pw7@example.com', 'a third horse 11'))).toBe(
      '401 second_factor_required',
    )
    for (const token of ['', 'x', null])
      expect((await api.post('/api/auth/password/reset', { token, new_password: next })).status).toBe(400)
  })

  it('P8: a link names our own address whatever Host was asked', async () => {
    await api.register('pw8@example.com')
    const body = JSON.stringify({ email: 'pw8@example.com' })
    const head = `POST /api/auth/password/forgot HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n`
    const text = await sendRaw(
      server.port,
      `${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
    expect(text).toMatch(/^HTTP\/1\.1 202/)
    const mail = (await server.mails()).findLast(({ to }) => to === 'pw8@example.com')
    expect(mail?.text).toContain('https://banyan.example/reset#token=')
    expect(mail?.text).not.toContain('evil')
  })

  it('says for every address alike that this server sends no mail', async () => {
    const silent = await startIdentityServer({ identity: { mailer: createNoMailer() } })
    const calls = createApiCalls(silent)
    await calls.register('pw9@example.com')
    for (const email of ['pw9@example.com', 'nobody@example.com'])
      expect(wordOf(await calls.post('/api/auth/password/forgot', { email }))).toBe('503 mail_not_configured')
    await silent.close()
  })
})
