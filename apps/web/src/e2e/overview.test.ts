import { describe, expect, it } from 'vitest'
import { chart, createPageOpener, desktop, eventually, movers, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of the overview are skipped because ${reason}.`)
const open = createPageOpener(skip)

describe.skipIf(skip)('the overview', () => {
  it('shows indices, sectors, movers, chart, replay and disclaimer under a policy without inline code', async () => {
    const { page, complaints } = await open()
    await chart(page).waitFor()
    await eventually(() => page.locator('[data-index="NSE:NIFTY 50"]').innerText()).toMatch(
      /15,7\d\d\.\d\d\n\+0\.\d\d%/,
    )
    expect(await page.locator('[data-index="NSE:NIFTY BANK"]').innerText()).toMatch(/−0\.\d\d%/)
    expect(await page.locator('[data-replay]').innerText()).toMatch(/REPLAY\s*Wed 9 Jun 2021/)
    expect(await page.locator('[data-market-state="open"]').innerText()).toMatch(/Open\s*11:4\d:\d\d IST/)
    expect(await page.getByRole('table', { name: 'Gainers' }).getByRole('row').count()).toBe(7)
    expect(await page.getByRole('region', { name: 'Sectors' }).getByRole('listitem').count()).toBe(10)
    expect(await page.locator('[data-disclaimer]').innerText()).toContain('not registered with SEBI')
    expect(await page.getByRole('link', { name: 'Charts by TradingView Lightweight Charts™' }).isVisible()).toBe(true)
    expect(complaints).toEqual([])
  })

  it('gives source, time and age of a price on hover and on focus', async () => {
    const { page } = await open()
    const tile = page.locator('[data-index="NSE:NIFTY 50"]')
    const panel = page.locator('[data-provenance]').first()
    await tile.hover()
    await panel.waitFor()
    expect(await panel.innerText()).toMatch(/Source\s+replay\s+As of\s+Wed 9 Jun 2021, 11:42/)
    await page.mouse.move(0, 0, { steps: 5 })
    await panel.waitFor({ state: 'hidden' })
    await movers(page)
      .getByRole('link', { name: /^WIPRO/ })
      .focus()
    await panel.waitFor()
    expect(await panel.innerText()).toMatch(/^NSE:WIPRO\s+Source\s+replay/)
  })

  it('is searched and charted by keyboard alone, and the address restores the view', async () => {
    const { page } = await open()
    await chart(page).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('tata')
    await page.getByRole('option').nth(1).waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await page.getByRole('option', { selected: true }).innerText()).toContain('TATASTEEL')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'TATASTEEL' }).waitFor()
    await page.getByRole('radio', { name: '1 week' }).focus()
    await page.keyboard.press('Enter')
    await eventually(() => page.url()).toContain('?i=NSE:TATASTEEL&int=week')
    await page.reload()
    await eventually(() => chart(page).getAttribute('aria-label')).toMatch(/^NSE:TATASTEEL, \d+ week candles/)
    expect(await page.getByRole('radio', { name: '5 years' }).getAttribute('aria-checked')).toBe('true')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').waitFor()
  })

  it('opens a symbol with an ampersand and minute candles with their legend in IST', async () => {
    const { page } = await open('/?i=NSE:M%26M&int=1minute')
    await eventually(() => chart(page).getAttribute('aria-label')).toMatch(
      /^NSE:M&M, 147 1minute candles from Wed 9 Jun 2021, 09:15:00 IST/,
    )
    const legend = page.locator('[data-legend]')
    expect(await legend.innerText()).toMatch(/11:41 IST[\s\S]*O[\s\S]*V [\d.,]+ (L|Cr)/)
    await chart(page).hover({ position: { x: 20, y: 200 } })
    await eventually(() => legend.innerText()).toMatch(/09:\d\d IST/)
  })

  it('fits a phone without scrolling sideways', async () => {
    const { page, complaints } = await open('/', { context: phone })
    await chart(page).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    expect(complaints).toEqual([])
  })

  it.each([320, 640, 768, 1024])('fits a window of %i pixels without scrolling sideways', async (width) => {
    const { page } = await open('/', { context: { viewport: { width, height: 900 } } })
    await chart(page).waitFor()
    await page
      .getByRole('img', { name: /daily closes$/, includeHidden: true })
      .first()
      .waitFor({ state: 'attached' })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  })

  it('remembers the chosen theme and follows the system until then', async () => {
    const { page } = await open('/', { context: { ...desktop, colorScheme: 'dark' } })
    const theme = () => page.evaluate('document.documentElement.dataset.theme')
    expect(await theme()).toBe('dark')
    await page.emulateMedia({ colorScheme: 'light' })
    await eventually(theme).toBe('light')
    await page.getByRole('button', { name: 'Switch to dark colours' }).click()
    await page.reload()
    expect(await theme()).toBe('dark')
  })
})
