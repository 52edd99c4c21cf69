import { setTimeout as sleep } from 'node:timers/promises'
import type { HoldingsReply, LoginReply } from '@banyan/contracts'
import { afterAll, expect, it } from 'vitest'
import { type BanyanProcess, freePort, startBanyan, temporaryFolder } from '../banyan-process.ts'
import { bearer, call, callFor } from '../identity/call.ts'
import { goodPassword } from '../identity/people.ts'
import { apiKey, apiSecret, signInAtZerodha } from './browser-steps.ts'
import { type SandboxProcess, startSandboxProcess } from './sandbox-process.ts'

const home = temporaryFolder()
let sandbox: SandboxProcess | undefined
let banyan: BanyanProcess | undefined
afterAll(async () => {
  await banyan?.stop('SIGKILL')
  await sandbox?.stop()
  home.remove()
})

it('G1: SIGTERM breaks off a sync that hangs at the broker: 503, nothing changed, exit 0', async () => {
  const port = await freePort()
  sandbox = await startSandboxProcess({ banyanUrl: `http://127.0.0.1:${port}`, folder: home.path })
  const settings = { BANYAN_HOME: home.path, PORT: String(port), ...sandbox.settings, MARKET: 'replay' }
  banyan = await startBanyan(settings)
  const { origin } = banyan
  const asha = { email: 'asha@example.com', password: goodPassword }
  const { access } = (await callFor<LoginReply>(201, origin, '/api/auth/register', { json: asha })).body
  const headers = bearer(access)
  const claim = await signInAtZerodha(origin, access, 'CD5678')
  await callFor(200, origin, '/api/brokers/zerodha/connect', {
    headers,
    json: { api_key: apiKey, api_secret: apiSecret, claim },
  })
  const before = (await callFor<HoldingsReply>(200, origin, '/api/portfolio/holdings', { headers })).body

  await sandbox.setFault('zerodha', { fault: 'hang', count: 9 })
  const hanging = call<{ code: string }>(origin, '/api/brokers/zerodha/sync', { headers, json: {} })
  await sleep(500)
  const exit = await banyan.stop('SIGTERM')
  const reply = await hanging
  expect([reply.status, reply.body.code, exit]).toEqual([503, 'unavailable', 0])

  banyan = await startBanyan(settings)
  const after = (await callFor<HoldingsReply>(200, origin, '/api/portfolio/holdings', { headers })).body
  expect(after.synced_at).toBe(before.synced_at)
  expect(after.holdings.map(({ tradingsymbol, quantity }) => [tradingsymbol, quantity])).toEqual(
    before.holdings.map(({ tradingsymbol, quantity }) => [tradingsymbol, quantity]),
  )
}, 120_000)
