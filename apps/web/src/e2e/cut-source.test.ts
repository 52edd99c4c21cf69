import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { type SandboxProcess, startSandboxProcess } from '../../../../acceptance/portfolio/sandbox-process.ts'
import { startRealServer } from './open-account.ts'
import { eventually, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The test of a source that is cut off is skipped because ${reason}.`)

let sandbox: SandboxProcess | undefined
const { server, open } = startRealServer(skip, async ({ url, folder }) => {
  sandbox = await startSandboxProcess({ banyanUrl: url, folder })
  return { ...sandbox.settings, DAY_FILES: 'off' }
})
afterAll(() => sandbox?.stop())

const price = (page: Page) => page.locator('[data-price]')
const yahooState = (page: Page) => page.locator('[data-source="yahoo"]').getAttribute('data-state')

/** The palette is the last that is loaded early. */
const hasAllScreens = "performance.getEntriesByType('resource').some(({ name }) => name.includes('/palette-'))"

/** One story, told in order: everything after the cut follows from it. */
describe.skipIf(skip)('a market whose source is cut off', () => {
  it('has prices of Yahoo first, which say what they are', async () => {
    const { page, complaints } = await open('/instrument/NSE:TCS')
    await price(page).waitFor({ timeout: 60_000 })
    expect(await price(page).innerText()).toMatch(/(Last|Close) · yahoo · .* old/)
    expect(await page.locator('html').getAttribute('data-market')).toBe('live')
    expect(complaints).toEqual([])
  }, 90_000)

  it('shows no figure where none was known, keeps the known one with its age, and names the source that fails', async () => {
    await sandbox?.stop()
    const { page } = await open('/instrument/NSE:WIPRO')
    await page.getByText('No source has a price').waitFor()
    expect(await price(page).count()).toBe(0)
    const origin = new URL(page.url()).origin
    await page.goto(`${origin}/instrument/NSE:TCS`)
    await price(page).waitFor()
    expect(await price(page).innerText()).toMatch(/yahoo · .* old/)

    const status = await open('/status')
    await status.page.locator('[data-source="yahoo"]').waitFor()
    // Each unknown share is one more call that fails; enough of them, and the server leaves the source alone for a while.
    for (const symbol of ['ITC', 'SBIN', 'LT', 'TITAN', 'HDFCBANK', 'AXISBANK', 'MARUTI', 'NTPC', 'ONGC', 'CIPLA']) {
      await page.goto(`${origin}/instrument/NSE:${symbol}`)
      await page.getByText('No source has a price').waitFor()
    }
    await expect.poll(() => yahooState(status.page), { timeout: 60_000 }).toMatch(/^(resting|fails|trying)$/)
    expect(await status.page.locator('[data-summary="good"]').count()).toBe(0)
  }, 180_000)

  it('is old, not gone, when the server itself falls silent: the figures stay, dated; a fresh screen shows none', async () => {
    const { page } = await open('/instrument/NSE:TCS')
    await price(page).waitFor()
    const shown = (await price(page).innerText()).split('\n')[0] ?? ''
    await eventually(() => page.evaluate(hasAllScreens)).toBe(true)
    await server().stop()
    const stale = page.locator('[data-stale]')
    await stale.waitFor({ timeout: 30_000 })
    expect(await stale.innerText()).toMatch(/Not updating since \d\d:\d\d:\d\d IST/)
    expect(await price(page).innerText()).toContain(shown)
    await eventually(() => page.locator('html').getAttribute('data-feed')).toBe('stale')
    expect(await page.locator('[data-market-state]').innerText()).toMatch(/Was /)
    await page.getByRole('link', { name: 'Signals', exact: true }).first().click()
    await page.getByRole('alert').filter({ hasText: 'No signals' }).waitFor()
    expect(await page.locator('[data-signal]').count()).toBe(0)
  }, 90_000)
})
