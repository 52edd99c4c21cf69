import { afterAll, describe, expect, it } from 'vitest'
import { type SandboxProcess, startSandboxProcess } from '../../../../acceptance/portfolio/sandbox-process.ts'
import { axeViolations } from './axe-violations.ts'
import { connect, groups, signInAt, typeKeys } from './connect-broker.ts'
import { card, signIn, startRealServer } from './open-account.ts'
import { desktop, eventually, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of the portfolio are skipped because ${reason}.`)

let sandbox: SandboxProcess | undefined
const { server, open } = startRealServer(skip, async ({ url, folder }) => {
  sandbox = await startSandboxProcess({ banyanUrl: url, folder })
  const { MARKET: _live, ...settings } = sandbox.settings // the replay prices what the sandbox holds
  return settings
})
afterAll(() => sandbox?.stop())

/** Signs a fresh person in and opens the portfolio. */
async function openPortfolio(name: string, context = desktop) {
  const opened = await open('/sign-in?to=/portfolio', context)
  await signIn(opened.page, await server().newPerson(name))
  await opened.page.getByText('Nothing here yet').waitFor()
  return opened
}

describe.skipIf(skip)('the portfolio over a real server and the sandbox', () => {
  it('tells a visitor what it is and asks the server nothing about them', async () => {
    const { page } = await open('/')
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Portfolio' }).click()
    await page.getByText('Sign in to see your portfolio').waitFor()
    expect(asked.filter((path) => /^\/api\/(portfolio|brokers|auth)/.test(path))).toEqual([])
    await page.locator('[data-signed-out]').getByRole('link', { name: 'Sign in' }).click()
    await signIn(page, await server().newPerson('Uma'))
    await page.getByText('Nothing here yet').waitFor()
    expect(page.url()).toBe(`${server().origin}/portfolio`)
  })

  it('connects two brokers, whose parts add up to one book, and keeps no secret in the browser', async () => {
    const { page, complaints } = await openPortfolio('Asha')
    await connect(page, 'Zerodha', 'AB1234')
    await page.goto(`${server().origin}/portfolio/connect/icici`)
    await typeKeys(page)
    await page.getByRole('button', { name: 'Continue' }).click()
    await signInAt(page, 'ICICI Direct', 'BANYAN01')
    await page.getByRole('heading', { name: 'ICICI Direct BANYAN01 is synced' }).waitFor()
    await page.getByRole('link', { name: 'See the portfolio' }).click()

    const summary = page.getByRole('region', { name: 'Summary' })
    await summary.getByText('adds up to the paisa').waitFor()
    await summary.getByText('ICICI Direct BANYAN01').waitFor()
    const infy = groups(page).filter({ hasText: 'INFY' }).first()
    await infy.getByRole('button', { expanded: false }).click()
    await eventually(() => card(page, 'Holdings').locator('[data-part]').count()).toBeGreaterThanOrEqual(2)
    const board = card(page, 'Brokers')
    await board.locator('[data-broker="zerodha"]').getByText('Connected').waitFor()
    await board.locator('[data-broker="icici"]').getByText('Signed out').waitFor() // it was not asked to stay
    const kept = await page.evaluate('JSON.stringify([localStorage, sessionStorage, location.href, document.cookie])')
    expect(kept).not.toContain('mine-secret')
    expect(complaints).toEqual([])
  })

  it('says what a broker refused and how to go on, and keeps what was typed', async () => {
    const { page } = await openPortfolio('Bina')
    await page.getByRole('link', { name: 'Connect Zerodha', exact: true }).first().click()
    await typeKeys(page, 'wrong-secret')
    await page.getByRole('button', { name: 'Continue' }).click()
    await signInAt(page, 'Zerodha', 'CD5678')
    await page.getByRole('alert').filter({ hasText: 'See whether key and secret belong together' }).waitFor()
    expect(await page.getByLabel('API key', { exact: true }).inputValue()).toBe('mine')
    await page.getByLabel('API secret', { exact: true }).fill('mine-secret')
    await page.getByRole('button', { name: 'Continue' }).click()
    await signInAt(page, 'Zerodha', 'CD5678')
    await page.getByRole('heading', { name: 'Zerodha CD5678 is synced' }).waitFor()
  })

  it('goes on in the tab that came back when no other waits', async () => {
    const { page } = await openPortfolio('Charu')
    await page.getByRole('link', { name: 'Connect Zerodha', exact: true }).first().click()
    await typeKeys(page)
    await page.getByRole('button', { name: 'Continue' }).click()
    const href = await page.getByRole('link', { name: 'Open Zerodha' }).getAttribute('href')
    await page.goto(href ?? '')
    await page.getByRole('button', { name: 'CD5678' }).click()
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
    await typeKeys(page)
    await page.getByRole('button', { name: 'Sync', exact: true }).click()
    await page.getByRole('heading', { name: 'Zerodha CD5678 is synced' }).waitFor()
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain('mine-secret')
  })

  it('says of an old book that it is old, and of one that could not be had why', async () => {
    const { page } = await openPortfolio('Esha')
    await connect(page, 'Zerodha', 'CD5678')
    await page.route('**/api/portfolio/book', (route) => route.abort())
    // Beside the stream the book is asked for seldom.
    await page.getByText('Not up to date: The server cannot be reached.').first().waitFor({ timeout: 25_000 })
    expect(await groups(page).count()).toBeGreaterThan(0)
    await page.reload()
    await page.getByText('Could not be had').waitFor()
    expect(await groups(page).count()).toBe(0)
    await page.unroute('**/api/portfolio/book')
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await groups(page).first().waitFor()
  })

  it('restores its view from the address, and whether amounts are hidden from this browser', async () => {
    const { page } = await openPortfolio('Farah')
    await connect(page, 'Zerodha', 'AB1234')
    await page.goto(`${server().origin}/portfolio?sort=name&asc=1&by=sector&pos=day`)
    await groups(page).first().waitFor()
    const names = await groups(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-group')))
    const owned = names.slice(0, 5)
    expect(owned).toEqual(owned.toSorted())
    expect(await page.getByRole('radio', { name: 'By sector' }).getAttribute('aria-checked')).toBe('true')
    const value = page.getByRole('region', { name: 'Summary' }).getByRole('definition').first()
    expect(await value.innerText()).toMatch(/\d/)
    await page.getByRole('button', { name: 'Hide amounts' }).click()
    expect(await value.innerText()).not.toMatch(/\d/)
    await page.reload()
    await groups(page).first().waitFor()
    expect(await value.innerText()).not.toMatch(/\d/)
    expect(await card(page, 'Holdings').innerText()).toContain('%')
  })

  it('imports a broker’s file after showing what was understood and which rows are rejected', async () => {
    const { page } = await openPortfolio('Indu')
    const files = card(page, 'Import a file')
    const text = 'symbol,quantity,average_price\nINFY,10,1400\nTCS,-,3300\n'
    await files.getByLabel('CSV file').setInputFiles({
      name: 'owned.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    })
    await files.getByLabel('Client ID').fill('MINE1')
    await files.getByRole('button', { name: 'Check the file' }).click()
    await files.getByRole('region', { name: 'What was understood' }).getByText('INFY').waitFor()
    expect(await files.getByRole('region', { name: 'Rejected rows' }).innerText()).toMatch(/3\s+quantity/)
    expect(await axeViolations(page)).toEqual([])
    await files.getByRole('button', { name: 'Import 1 and leave 1 out' }).click()
    await groups(page).getByText('INFY').first().waitFor()
    await page.getByRole('region', { name: 'Summary' }).getByText('CSV file MINE1').waitFor()
    expect(await groups(page).count()).toBe(1)
  })

  it('deletes everything synced only after its phrase was typed', async () => {
    const { page } = await openPortfolio('Gita')
    await connect(page, 'Zerodha', 'CD5678')
    await page.getByRole('button', { name: 'Delete the portfolio' }).click()
    await page.keyboard.type('delete')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'to confirm' }).waitFor()
    await page.getByLabel('Confirmation').fill('delete my portfolio')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing here yet').waitFor()
    expect(await page.getByRole('region', { name: 'Holdings' }).count()).toBe(0)
  })

  for (const [size, context] of Object.entries({ desktop, phone }))
    for (const colorScheme of ['light', 'dark'] as const)
      it(`breaks no rule of axe and is no wider than a ${size} in ${colorScheme}`, async () => {
        const { page } = await openPortfolio('Hema', { ...context, colorScheme })
        const faults = async () => ({
          violations: await axeViolations(page),
          tooWide: await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)'),
        })
        const none = { violations: [], tooWide: 0 }
        expect(await faults()).toEqual(none)
        await connect(page, 'Zerodha', 'AB1234')
        await card(page, 'Positions').locator('[data-position]').first().waitFor()
        await groups(page).first().getByRole('button').first().click()
        await page.getByRole('button', { name: 'Delete the portfolio' }).click()
        expect(await faults()).toEqual(none)
        await page.goto(`${server().origin}/portfolio/connect/icici`)
        await page.getByLabel('API key', { exact: true }).waitFor()
        expect(await faults()).toEqual(none)
      })
})
