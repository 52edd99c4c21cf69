import type { ActivatedReply, QuotesReply, ZerodhaStatus } from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type BanyanProcess, freePort, startBanyan, temporaryFolder } from '../banyan-process.ts'
import { call, callFor } from '../identity/call.ts'
import { type SandboxProcess, startSandboxProcess } from './sandbox-process.ts'

const secret = 'the secret of the operator'
const serverKey = 'server-key'

const home = temporaryFolder()
let sandbox: SandboxProcess
let banyan: BanyanProcess

beforeAll(async () => {
  const port = await freePort()
  sandbox = await startSandboxProcess({ banyanUrl: `http://127.0.0.1:${port}`, folder: home.path })
  banyan = await startBanyan({
    BANYAN_HOME: home.path,
    PORT: String(port),
    ...sandbox.settings,
    DAY_FILES: 'off',
    ZERODHA_API_KEY: serverKey,
    ZERODHA_API_SECRET: `${serverKey}-secret`,
    ZERODHA_ADMIN_SECRET: secret,
  })
}, 120_000)
afterAll(async () => {
  await banyan?.stop('SIGKILL')
  await sandbox?.stop()
  home.remove()
})

const quoteOf = async (id: string) =>
  (await callFor<QuotesReply>(200, banyan.origin, `/api/quotes?symbols=${encodeURIComponent(id)}`)).body.quotes[id]
const status = async () => (await callFor<ZerodhaStatus>(200, banyan.origin, '/api/zerodha/status')).body

/** Signs in as the operator does, and returns the code of the redirect. */
async function codeFromZerodha(): Promise<string> {
  const form = new URLSearchParams({ api_key: serverKey, user_id: 'CD5678', redirect_params: '' })
  const finish = `${sandbox.settings['ZERODHA_API_URL']}/connect/finish`
  const back = await fetch(finish, { method: 'POST', body: form, redirect: 'manual' })
  return new URL(back.headers.get('location') ?? '').searchParams.get('request_token') ?? ''
}

describe('a live market', () => {
  it('has Yahoo’s delayed prices while nobody has signed in at Zerodha, and says so', async () => {
    expect(await status()).toEqual({ configured: true, valid: false, expires_at: null, checked_at: null })
    await vi.waitFor(async () => expect((await quoteOf('NSE:TCS'))?.source).toBe('yahoo'), {
      timeout: 20_000,
      interval: 500,
    })
    expect(['delayed', 'close']).toContain((await quoteOf('NSE:TCS'))?.delay) // as the day is when the test runs
  }, 30_000)

  it('AC-2, AC-3: opens to the operator’s secret alone, and then has Zerodha’s', async () => {
    const activate = (json: object) =>
      call<ActivatedReply & { code: string }>(banyan.origin, '/api/zerodha/activate', { json })
    expect((await activate({ secret: 'wrong', request_token: 'x' })).body.code).toBe('admin_secret_invalid')
    expect((await activate({ secret })).body.code).toBe('invalid_parameter')
    expect((await activate({ secret, request_token: 'spent' })).body.code).toBe('broker_rejected')
    const good = await activate({ secret, request_token: await codeFromZerodha() })
    expect([good.status, good.body.valid]).toEqual([200, true])
    expect((await status()).valid).toBe(true)
    await vi.waitFor(async () => expect((await quoteOf('NSE:TCS'))?.source).toBe('zerodha'), {
      timeout: 30_000,
      interval: 500,
    })
    expect(banyan.output()).not.toContain(secret)
  }, 60_000)

  it('finds out with its next call that Zerodha ended the session, and goes on with prices that say what they are', async () => {
    await sandbox.setFault('zerodha', { fault: 'expire_session' })
    // While the market is closed a price is good for half a minute.
    const findsOut = async () => {
      expect((await quoteOf('NSE:INFY'))?.last_price).toBeGreaterThan(0)
      expect((await status()).valid).toBe(false)
    }
    await vi.waitFor(findsOut, { timeout: 60_000, interval: 1_000 })
    expect((await quoteOf('NSE:INFY'))?.delay).not.toBe('live')
  }, 90_000)
})
