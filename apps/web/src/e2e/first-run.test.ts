import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { printedToken } from '../../../../acceptance/identity/printed-token.ts'
import { authenticatorCode } from './authenticator.ts'
import { card, goodPassword, signIn, startRealServer } from './open-account.ts'
import { eventually, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The test of a first run is skipped because ${reason}.`)
const { server, open } = startRealServer(skip)
const email = 'owner@example.com'

/** Returns the address that the server printed at its start, as a person copies it. */
async function printedLink(): Promise<string> {
  await printedToken(server().output)
  return /^ {2}(http\S+\/bootstrap#token=\S+)$/m.exec(server().output())?.[1] ?? ''
}

/** Sets up an authenticator on the account page, and returns its secret. */
async function enrol(page: Page): Promise<string> {
  const authenticator = card(page, 'Authenticator')
  await authenticator.getByRole('button', { name: 'Set up an authenticator' }).click()
  await authenticator.getByLabel('Password', { exact: true }).fill(goodPassword)
  await page.keyboard.press('Enter')
  await authenticator.getByRole('img', { name: 'QR code for the authenticator' }).waitFor()
  const secret = await authenticator.locator('[data-totp-secret]').innerText()
  await page.keyboard.type(authenticatorCode(secret, Date.now() - 30_000)) // the code of now is for the sign-in
  await page.keyboard.press('Enter')
  await authenticator.getByRole('button', { name: 'I have kept it' }).click()
  await authenticator.getByText('On. 10 recovery codes are left.').waitFor()
  return secret
}

describe.skipIf(skip)('a first run', () => {
  it('leads from the printed link to an owner, to what the server shows, and to a sign-in with an authenticator', async () => {
    const link = await printedLink()
    const { page, complaints } = await open('/')
    await page.getByRole('region', { name: 'Sectors' }).waitFor()
    await page.goto(link)
    const form = page.getByRole('form', { name: 'Become the owner' })
    await form.getByLabel('E-mail address').fill(email)
    await form.getByLabel('Name (optional)').fill('Asha')
    await form.getByLabel('Password', { exact: true }).fill(goodPassword)
    await page.keyboard.press('Enter')

    await page.getByRole('status').filter({ hasText: 'This server is yours now.' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/sources')
    await page.locator('[data-mode="replay"]').getByText('A replay of Wed 9 Jun 2021').waitFor()
    expect(await card(page, 'The replay').innerText()).toContain('Runs now')
    expect(await card(page, 'Your portfolio').getByRole('link').allInnerTexts()).toEqual([
      'Connect Zerodha',
      'Connect ICICI Direct',
    ])

    await page.getByRole('link', { name: 'Protect your account with an authenticator' }).click()
    const secret = await enrol(page)
    await page.getByRole('button', { name: 'Account of Asha' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await signIn(page, email)
    await page.getByLabel('Code of the authenticator').fill(authenticatorCode(secret, Date.now()))
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Account of Asha' }).waitFor()
    await eventually(() => new URL(page.url()).pathname).toBe('/')
    expect(complaints).toEqual([])
  }, 90_000)

  it('has one owner: the link is of no use to the next who finds it', async () => {
    const { page } = await open('/')
    await page.goto(await printedLink())
    const form = page.getByRole('form', { name: 'Become the owner' })
    await form.getByLabel('E-mail address').fill('next@example.com')
    await form.getByLabel('Password', { exact: true }).fill(goodPassword)
    await page.keyboard.press('Enter')
    await form.getByRole('alert').waitFor()
    expect(new URL(page.url()).pathname).toBe('/bootstrap')
  })

  it('shows a visitor the status and the choices without an account, from a real server', async () => {
    const { page, complaints } = await open('/status')
    await page.locator('[data-source="replay"][data-state="works"]').waitFor()
    await page.locator('[data-summary="good"]').waitFor()
    await eventually(() => card(page, 'Prices in this browser').innerText()).toMatch(/Streaming[\s\S]*just now/)
    const tasks = await page
      .locator('[data-task]')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-task')))
    expect(tasks).toContain('index_snapshot')
    await page.getByRole('link', { name: 'Choose a source' }).click()
    await card(page, 'The replay').getByText('● Runs now').waitFor()
    expect(await page.getByText('This server is yours now.').count()).toBe(0)
    expect(complaints).toEqual([])
  })
})
