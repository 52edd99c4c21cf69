import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import { card, signIn, startRealServer } from './open-account.ts'
import { desktop, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of returns are skipped because ${reason}.`)
const { server, open } = startRealServer(skip)

async function importFile(page: Page, text: string): Promise<void> {
  const files = card(page, 'Import a file')
  await files
    .getByLabel('CSV file')
    .setInputFiles({ name: 'file.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await files.getByRole('button', { name: 'Check the file' }).click()
  await files.getByRole('button', { name: /^Import \d/ }).click()
}

async function importTrades(page: Page, row: string): Promise<void> {
  await importFile(page, `symbol,date,side,quantity,price\n${row}\n`)
  const done = card(page, 'Import a file').locator('[data-import="done"]')
  await done.getByRole('button', { name: 'Choose another file' }).click()
}

/** Signs a fresh person in, who holds 11 shares of TCS. */
async function openHolder(name: string, context = desktop): Promise<Page> {
  const { page } = await open('/sign-in?to=/portfolio', context)
  await signIn(page, await server().newPerson(name))
  await importFile(page, 'symbol,quantity,average_price\nTCS,11,2000\n')
  await card(page, 'Returns').getByText('No trades yet').waitFor()
  return page
}

describe.skipIf(skip)('returns over a real server', () => {
  it('are told once the trades come to what is held, and name the shares while they do not', async () => {
    const page = await openHolder('Asha')
    await importTrades(page, 'TCS,2020-06-09,buy,10,2000')
    const returns = card(page, 'Returns')
    const missing = returns.locator('[data-unexplained]')
    await missing.getByRole('row', { name: /^TCS.* 11 10$/ }).waitFor()
    expect(await returns.getByText('not known').count()).toBe(2)
    await importTrades(page, 'TCS,2021-01-04,buy,1,3000')
    await missing.waitFor({ state: 'detached' })
    expect(await returns.getByText('not known').count()).toBe(0)
    expect(await returns.innerText()).toMatch(
      /\(XIRR\)\s+\+\d+\.\d\d%[\s\S]*since Tue 9 Jun 2020 \(TWR\)\s+\+\d+\.\d\d%/,
    )
    await returns.getByText('As of Wed 9 Jun 2021').waitFor()
  })

  for (const [size, context] of Object.entries({ desktop, phone }))
    for (const colorScheme of ['light', 'dark'] as const)
      it(`break no rule of axe and are no wider than a ${size} in ${colorScheme}`, async () => {
        const page = await openHolder('Bina', { ...context, colorScheme })
        await importTrades(page, 'TCS,2020-06-09,buy,10,2000')
        await card(page, 'Returns').locator('[data-unexplained]').waitFor()
        expect(await axeViolations(page)).toEqual([])
        expect(await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)')).toBe(0)
      })
})
