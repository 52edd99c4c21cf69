import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import { card, signIn, startRealServer } from './open-account.ts'
import { eventually, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of the watchlist are skipped because ${reason}.`)
const { server, open } = startRealServer(skip)

describe.skipIf(skip)('the watchlist', () => {
  it('belongs to whoever is signed in, takes a symbol and gives it back', async () => {
    const email = await server().newPerson('Asha Rao')
    const { page, complaints } = await open('/sign-in')
    await signIn(page, email)
    const watchlist = card(page, 'Watchlist')
    await watchlist.getByText('Nothing is watched yet').waitFor()
    await watchlist.getByRole('button', { name: 'Add' }).click()
    await watchlist.getByLabel('Symbol').fill('tcs')
    await page.keyboard.press('Enter')
    const row = watchlist.getByRole('row', { name: /TCS/ })
    await eventually(() => row.innerText()).toMatch(/TCS\s+\d,\d{3}\.\d\d\s+[+−]?\d+\.\d\d%/)
    expect(await axeViolations(page)).toEqual([])
    await page.reload()
    await row.waitFor()
    await watchlist.getByRole('button', { name: 'Take NSE:TCS off the watchlist' }).click()
    await watchlist.getByText('Nothing is watched yet').waitFor()
    expect(complaints).toEqual([])
  })

  it('shows a visitor nothing of it', async () => {
    const { page } = await open('/')
    await card(page, 'Sectors').waitFor()
    expect(await card(page, 'Watchlist').count()).toBe(0)
  })
})
