import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import { card, signIn, startRealServer } from './open-account.ts'
import { eventually, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of hidden amounts are skipped because ${reason}.`)
const { server, open } = startRealServer(skip)

/** Units, averages and what follows from them, in the digits of a file and as they are shown. */
const secrets = ['1237', '1,237', '1403.35', '1,403.35', '17,35,943.95', '1735943.95', '613', '3317.65', '3,317.65']
const ofJournal = ['4129', '4,129', '311.15', '322.85', '48,217.03', '48,309.30', '92.27']

const book = 'symbol,quantity,average_price\nINFY,1237,1403.35\nTCS,613,3317.65\n'
const entry = {
  ...{ symbol: 'NSE:TCS', side: 'buy', quantity: 4129, price: 311.15, exit_price: 322.85, fees: 92.27 },
  ...{ opened_at: '2026-09-01T10:00:00+05:30', closed_at: '2026-09-03T15:00:00+05:30', notes: 'On the breakout.' },
}

/** Signs a fresh person in who owns two shares and wrote one trade down; returns the path of its entry. */
async function openOwner(name: string) {
  const { page } = await open('/sign-in?to=/portfolio')
  await signIn(page, await server().newPerson(name))
  await page.getByText('Nothing here yet').waitFor()
  await send(page, '/api/portfolio/import?account=MINE1', 'text/csv', book)
  const { id } = (await send(page, '/api/journal', 'application/json', JSON.stringify(entry))) as { id: string }
  await page.goto(`${server().origin}/portfolio`)
  await page.locator('[data-group]').first().waitFor()
  return { page, editor: `/journal/${id}` }
}

async function send(page: Page, path: string, type: string, body: string): Promise<unknown> {
  return page.evaluate(
    async ([to, contentType, text]) => {
      const reply = await fetch(to, { method: 'POST', headers: { 'content-type': contentType }, body: text })
      if (!reply.ok) throw new Error(`${to}: ${reply.status} ${await reply.text()}`)
      return reply.json()
    },
    [path, type, body] as const,
  )
}

/** Everything a page tells anybody: its whole document with title and attributes, what fields hold, and what assistive technology is given. */
async function everythingOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const told = nodes.flatMap(({ name, value, description }) => [name?.value, value?.value, description?.value])
  const [html, fields] = await Promise.all([
    page.content(),
    page.evaluate<string[]>("[...document.querySelectorAll('input, textarea')].map((field) => field.value)"),
  ])
  return [html, await page.title(), ...fields, ...told].join('\n')
}

/** Amounts with two decimals in what is read or shown; percentages are none. */
async function amountsIn(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const main = [await page.locator('main').innerText(), ...nodes.map(({ name }) => String(name?.value ?? ''))].join(
    '\n',
  )
  return main.match(/\d\.\d\d(?![\d%.])/g) ?? []
}

describe.skipIf(skip)('hidden amounts', () => {
  it('are nowhere in the document, its title, its fields and its accessibility tree, on any screen that has them', async () => {
    const { page, editor } = await openOwner('Asha')
    const found = async (known: readonly string[]) => {
      const text = await everythingOf(page)
      return known.filter((secret) => text.includes(secret))
    }
    // So that the search is known to find what is there.
    expect(await found(['1,237', '1,403.35', '17,35,943.95'])).toEqual(['1,237', '1,403.35', '17,35,943.95'])
    await page.getByRole('button', { name: 'Hide amounts' }).click()
    await page.locator('[data-group]').first().getByRole('button', { name: 'Parts of' }).click()
    expect([await found(secrets), await amountsIn(page)]).toEqual([[], []])
    expect(await card(page, 'Holdings').innerText()).toMatch(/[+−]\d+\.\d\d%/)
    for (const by of ['sector', 'broker']) {
      await page.goto(`${server().origin}/portfolio?by=${by}&vs=nifty50`)
      await page.locator('[data-group]').first().waitFor()
      expect([await found(secrets), await amountsIn(page)]).toEqual([[], []])
    }

    await page.goto(`${server().origin}/journal`)
    await card(page, 'Entries').locator('[data-entry]').first().waitFor()
    await card(page, 'What came of it').getByText('1 won, 0 lost').waitFor()
    await page.locator('[data-day]').first().hover()
    await page.getByText('1 trade', { exact: false }).first().waitFor()
    expect([await found(ofJournal), await amountsIn(page)]).toEqual([[], []])

    await page.goto(server().origin + editor)
    await page.getByText('Amounts are hidden').first().waitFor()
    expect([await found(ofJournal), await amountsIn(page)]).toEqual([[], []])
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Show amounts' }).click()
    await eventually(() => page.getByLabel('Quantity').inputValue()).toBe('4129')
  })

  it('cover an editor that is open, and lose nothing that was typed there', async () => {
    const { page, editor } = await openOwner('Charu')
    await page.goto(server().origin + editor)
    await page.getByLabel('Why, and what came of it').fill('A second thought.')
    await page.getByRole('button', { name: 'Hide amounts' }).click()
    await page.getByRole('button', { name: 'Show amounts' }).waitFor()
    expect([await page.getByLabel('Quantity').isVisible(), await amountsIn(page)]).toEqual([false, []])
    await page.getByRole('button', { name: 'Show amounts' }).click()
    expect(await page.getByLabel('Why, and what came of it').inputValue()).toBe('A second thought.')
  })

  it('are switched by a key that is listed, but not by one that is typed, and in every tab', async () => {
    const { page } = await openOwner('Bina')
    const button = page.getByRole('button', { name: 'Hide amounts' })
    const other = await page.context().newPage()
    await other.goto(`${server().origin}/journal`)
    const entries = card(other, 'Entries')
    await entries.getByText('4,129').last().waitFor()

    await page.keyboard.press('h')
    expect(await button.getAttribute('aria-pressed')).toBe('true')
    await page.getByRole('status').filter({ hasText: 'Amounts are hidden' }).waitFor({ state: 'attached' })
    await eventually(() => entries.innerText()).not.toContain('4,129')
    await page.reload()
    await eventually(() => button.getAttribute('aria-pressed')).toBe('true')

    await page.getByLabel('Client ID').fill('')
    await page.getByLabel('Client ID').pressSequentially('hh')
    expect(await button.getAttribute('aria-pressed')).toBe('true')
    await page.getByRole('heading', { name: 'Portfolio', exact: true }).click()
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('Hide or show amounts').waitFor()
  })
})
