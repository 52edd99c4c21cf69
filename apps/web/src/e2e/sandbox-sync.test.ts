import type { Page, Route } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { type SandboxProcess, startSandboxProcess } from '../../../../acceptance/portfolio/sandbox-process.ts'
import { axeViolations } from './axe-violations.ts'
import { connect, groups } from './connect-broker.ts'
import { card, signIn, startRealServer } from './open-account.ts'
import { eventually, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of syncs are skipped because ${reason}.`)

let sandbox: SandboxProcess | undefined
const { server, open } = startRealServer(skip, async ({ url, folder }) => {
  sandbox = await startSandboxProcess({ banyanUrl: url, folder })
  const { MARKET: _live, ...settings } = sandbox.settings // the replay prices what the sandbox holds
  return settings
})
afterAll(() => sandbox?.stop())

/** Signs a fresh person in and connects them. */
async function openConnected(name: string, user: string) {
  const opened = await open('/sign-in?to=/portfolio')
  await signIn(opened.page, await server().newPerson(name))
  await connect(opened.page, 'Zerodha', user)
  return opened
}

const boardLine = (page: Page) => card(page, 'Brokers').locator('[data-broker="zerodha"]')

/** Answers with the server's own book, as if the sync of its brokers were of a day before. */
async function age(route: Route) {
  const response = await route.fetch()
  const book = (await response.json()) as { brokers: object[] }
  await route.fulfill({ response, json: { ...book, brokers: book.brokers.map((part) => ({ ...part, stale: true })) } })
}

describe.skipIf(skip)('a sync with the broker’s sandbox, in a browser', () => {
  it('leads from the wizard over the broker’s page to holdings that follow the market, and takes them away when told to', async () => {
    const { page, complaints } = await openConnected('Asha', 'AB1234')
    await boardLine(page).getByText('Connected').waitFor()
    const before = await groups(page).count()
    expect(before).toBeGreaterThan(3)
    await page.locator('[data-feed-link="live"]').getByText('Recorded prices, replayed as they came.').waitFor()
    const first = await groups(page).first().innerText()
    await eventually(() => groups(page).first().innerText()).not.toBe(first)
    expect(await page.locator('[data-adds-up]').getAttribute('data-adds-up')).toBe('yes')
    const net = card(page, 'Positions').locator('[data-position]')
    await net.first().waitFor()

    await boardLine(page).getByRole('button', { name: 'Sync now' }).click()
    await boardLine(page)
      .getByText(/Synced: \d+ holdings/)
      .waitFor()
    expect(await groups(page).count()).toBe(before)

    await page.getByRole('button', { name: 'Delete the portfolio' }).click()
    await page.getByLabel('Confirmation').fill('delete')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'to confirm' }).waitFor()
    expect(await groups(page).count()).toBe(before)
    await page.getByLabel('Confirmation').fill('delete my portfolio')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing here yet').waitFor()
    expect(complaints).toEqual([])
  })

  it('says of a part that is older than the trading day which broker it is of, and since when', async () => {
    const { page } = await openConnected('Bina', 'CD5678')
    await page.route('**/api/portfolio/book', age)
    await page.reload()
    const note = page.locator('[data-stale-brokers]')
    await note.waitFor()
    expect(await note.innerText()).toMatch(/Older than the trading day: Zerodha CD5678, .* IST/)
  })

  // The last: the server stays away from a broker that failed for a while.
  it('names the broker that failed and keeps its book', async () => {
    const { page } = await openConnected('Divya', 'CD5678')
    const before = await groups(page).count()
    await sandbox?.setFault('zerodha', { fault: 'status:503', count: 20 })
    await boardLine(page).getByRole('button', { name: 'Sync now' }).click()
    const alert = boardLine(page).getByRole('alert')
    await alert.filter({ hasText: 'What was synced before is kept' }).waitFor({ timeout: 30_000 })
    expect(await alert.innerText()).toMatch(/zerodha/i)
    expect(await groups(page).count()).toBe(before)
    await page.reload()
    const kept = boardLine(page).locator('[data-last-failure]')
    await kept.waitFor()
    expect(await kept.innerText()).toMatch(
      /The last try failed, .*\d\d:\d\d IST\. The broker cannot be reached.*Try again in a few minutes\.$/,
    )
    expect(await boardLine(page).innerText()).toMatch(/Last sync .* IST/)
    expect(await axeViolations(page)).toEqual([])
  })
})
