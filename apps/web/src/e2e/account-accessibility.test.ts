import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import { card, goodPassword, signIn, startRealServer } from './open-account.ts'
import { desktop, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The accessibility tests of the account pages are skipped because ${reason}.`)
const { server, open } = startRealServer(skip)

const none = { violations: [], tooWide: 0 }

/** Returns the rules of axe the page breaks, and by how many pixels it is wider than its window. */
async function faults(page: Page) {
  const tooWide = await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)')
  return { violations: await axeViolations(page), tooWide }
}

describe.skipIf(skip)('accessibility of the account pages', () => {
  for (const [size, context] of Object.entries({ desktop, phone }))
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`has no axe violation on the ways in, on a ${size} in ${colorScheme}, also when they refuse`, async () => {
        const { page } = await open('/sign-in', { ...context, colorScheme })
        await signIn(page, 'nobody@example.com', 'wrong horse')
        await page.getByRole('alert').waitFor()
        expect(await faults(page)).toEqual(none)
        for (const path of [
          '/register#token=abc',
          '/forgot',
          '/reset',
          '/reset#token=abc',
          '/bootstrap',
          '/bootstrap#token=abc',
        ]) {
          await page.goto('about:blank')
          await page.goto(server().origin + path)
          await page.getByRole('heading', { level: 1 }).waitFor()
          expect(await faults(page)).toEqual(none)
        }
        await page.getByLabel('E-mail address').fill('somebody@example.com')
        await page.getByLabel('Password', { exact: true }).fill('short')
        await page.keyboard.press('Enter')
        await page.getByText('Password must have 8 to 256 characters.').waitFor()
        expect(await faults(page)).toEqual(none)
      })

      it(`has no axe violation on the account page, on a ${size} in ${colorScheme}, with everything open`, async () => {
        const { page } = await open('/sign-in?to=/account', { ...context, colorScheme })
        await signIn(page, await server().newPerson('Kamala'))
        await card(page, 'What happened').getByText('Account made').waitFor()
        expect(await faults(page)).toEqual(none)
        await card(page, 'Authenticator').getByRole('button', { name: 'Set up an authenticator' }).click()
        await page.keyboard.type(goodPassword)
        await page.keyboard.press('Enter')
        await page.getByRole('img', { name: 'QR code' }).waitFor()
        for (const name of [
          'Change name or mobile',
          'Change the e-mail address',
          'Change the password',
          'Add a passkey',
          'Change where codes go',
          'Set an MPIN',
          'Link an identity',
          'Sign out everywhere',
          'Delete the account',
        ])
          await page.getByRole('button', { name }).click()
        expect(await faults(page)).toEqual(none)
        await page.getByRole('button', { name: 'Account of Kamala' }).click()
        await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
        expect(await faults(page)).toEqual(none)
      })
    }
})
