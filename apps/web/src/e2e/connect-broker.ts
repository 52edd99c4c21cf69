import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { card } from './open-account.ts'

/** Fills in key and secret of the app every person has at the sandbox. */
export async function typeKeys(page: Page, secret = 'mine-secret'): Promise<void> {
  await page.getByLabel('API key', { exact: true }).fill('mine')
  await page.getByLabel('API secret', { exact: true }).fill(secret)
}

/** Signs in at the sandbox in the tab the wizard opens, as the user whose button says so. */
export async function signInAt(page: Page, broker: string, user: string): Promise<Page> {
  const link = page.getByRole('link', { name: `Open ${broker}` })
  const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()])
  await tab.getByRole('button', { name: user }).click()
  return tab
}

/** Connects with everything a person does by hand, and goes to the book. */
export async function connect(page: Page, broker: string, user: string, stay = true): Promise<void> {
  await page
    .getByRole('link', { name: `Connect ${broker}`, exact: true })
    .first()
    .click()
  await typeKeys(page)
  if (stay) await page.getByLabel('Stay connected').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  const tab = await signInAt(page, broker, user)
  await page.getByRole('heading', { name: `${broker} ${user} is synced` }).waitFor()
  await tab.getByText('Go on in the tab you came from').waitFor()
  expect(new URL(tab.url()).hash).toBe('')
  await tab.close()
  await page.getByRole('link', { name: 'See the portfolio' }).click()
  await card(page, 'Holdings').waitFor()
}

/** Instruments of the book. */
export const groups = (page: Page) => card(page, 'Holdings').locator('[data-group]')
