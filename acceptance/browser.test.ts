import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BanyanProcess, startBanyan, temporaryFolder } from './banyan-process.ts'
import { findChromium, launchChromium } from './chromium.ts'

const isBuilt = existsSync(fileURLToPath(new URL('../apps/web/dist/index.html', import.meta.url)))
const skip = process.env['CI'] === undefined && (findChromium() === null || !isBuilt)
if (skip) console.warn('The browser test of the real server is skipped: it needs Chromium and the built web app.')

/** The machine may be busy: how long something takes is not what is tested. */
const patiently = { timeout: 20_000 }

describe.skipIf(skip)('the real server in a real browser', () => {
  const home = temporaryFolder()
  let banyan: BanyanProcess
  let browser: Browser

  beforeAll(async () => {
    banyan = await startBanyan({ BANYAN_HOME: home.path, REPLAY_START: '11:30' })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await banyan?.stop('SIGKILL')
    home.remove()
  })

  async function openPage(path: string): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(banyan.origin + path)
    return { page, complaints }
  }

  it('shows the recorded market of 11:30 with a chart, under its own content policy', async () => {
    const { page, complaints } = await openPage('/?i=NSE:TCS&int=day')
    await page.locator('[data-chart]').waitFor()
    expect(await page.locator('[data-replay]').innerText()).toMatch(/REPLAY\s*Wed 9 Jun 2021/)
    expect(await page.locator('[data-market-state="open"]').innerText()).toMatch(/Open\s*11:3\d:\d\d IST/)
    await expect
      .poll(() => page.locator('[data-index="NSE:NIFTY 50"]').innerText(), patiently)
      .toMatch(/15,7\d\d\.\d\d/)
    expect(await page.getByRole('heading', { name: 'TCS' }).isVisible()).toBe(true)
    expect(complaints).toEqual([])
  })

  it('moves: the price of NIFTY 50 changes while one looks', async () => {
    const { page } = await openPage('/')
    const tile = page.locator('[data-index="NSE:NIFTY 50"]')
    await expect.poll(() => tile.innerText(), patiently).toMatch(/15,7\d\d\.\d\d/)
    const before = await tile.innerText()
    await expect.poll(() => tile.innerText(), patiently).not.toBe(before)
  })

  it('describes its API at /docs', async () => {
    const { page, complaints } = await openPage('/docs')
    await page.getByText('/api/index/snapshot').first().waitFor()
    expect(complaints).toEqual([])
  })
})
