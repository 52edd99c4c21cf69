import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { type SandboxProcess, startSandboxProcess } from '../../../../acceptance/portfolio/sandbox-process.ts'
import { startRealServer } from './open-account.ts'
import { eventually, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The test of the status of a live market is skipped because ${reason}.`)

const secret = 'the secret of the operator'
const key = 'server-key'

let sandbox: SandboxProcess | undefined
const { server, open } = startRealServer(skip, async ({ url, folder }) => {
  sandbox = await startSandboxProcess({ banyanUrl: url, folder })
  return {
    ...sandbox.settings,
    DAY_FILES: 'off',
    ZERODHA_API_KEY: key,
    ZERODHA_API_SECRET: `${key}-secret`,
    ZERODHA_ADMIN_SECRET: secret,
  }
})
afterAll(() => sandbox?.stop())

/** Signs in at the sandbox as the operator does, and returns the code of the address one is led to. */
async function codeFromZerodha(): Promise<string> {
  const form = new URLSearchParams({ api_key: key, user_id: 'CD5678', redirect_params: '' })
  const finish = `${sandbox?.settings['ZERODHA_API_URL']}/connect/finish`
  const back = await fetch(finish, { method: 'POST', body: form, redirect: 'manual' })
  return new URL(back.headers.get('location') ?? '').searchParams.get('request_token') ?? ''
}

describe.skipIf(skip)('the status of a live market', () => {
  it('leads the operator from a missing sign-in to Zerodha’s prices with the command it shows', async () => {
    const { page, complaints } = await open('/status')
    const zerodha = page.locator('[data-source="zerodha"]')
    const state = () => zerodha.getAttribute('data-state')
    await page.getByText('Zerodha needs a sign-in by whoever runs this server.').waitFor()
    await eventually(() => page.locator('[data-source="yahoo"]').getAttribute('data-state')).toBe('works')
    await zerodha.getByRole('button', { name: 'What to do about Zerodha' }).click()
    const command = (await zerodha.locator('pre').innerText())
      .replace('CODE', await codeFromZerodha())
      .replace('SECRET', secret)
    const { stdout } = await promisify(execFile)('sh', ['-c', command])
    expect(JSON.parse(stdout)).toMatchObject({ valid: true })

    await expect.poll(state, { timeout: 60_000, interval: 500 }).toBe('works')
    expect(await zerodha.innerText()).toMatch(/Works[\s\S]*Last good answer (just now|\d+ s ago)/)
    await page.locator('[data-summary="good"]').waitFor()
    expect(complaints).toEqual([])
  }, 120_000)

  it('tells on the page of sources that the market is live, and from where', async () => {
    const { page } = await open('/sources')
    await page.locator('[data-mode="live"]').getByText('A live market').waitFor()
    expect(await page.getByText(/^Prices come from/).innerText()).toContain('Prices come from Zerodha, then Yahoo')
    expect(server().output()).not.toContain(secret)
  })
})
