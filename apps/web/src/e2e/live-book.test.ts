import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import { card } from './open-account.ts'
import { createBookOpener, watchMutations } from './open-book.ts'
import { desktop, eventually, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of live prices are skipped because ${reason}.`)

const openBook = createBookOpener(skip)

const row = (page: Page, symbol: string) => page.locator(`[data-group="${symbol}"]`)
const rowKey = (page: Page, symbol: string) => row(page, symbol).getByRole('link', { name: symbol })
const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent')

/** The sum of the rows as they are shown, and what is shown below them, in paise. */
async function readSums(page: Page) {
  return page.evaluate<{ rows: number; total: number }>(`(() => {
    const paise = (cell) => Math.round(Number(cell.textContent.replaceAll(',', '')) * 100)
    const column = [...document.querySelectorAll('thead th')].findIndex((head) => head.textContent.includes('Value'))
    const rows = [...document.querySelectorAll('[data-group]')].map((row) => paise(row.cells[column]))
    return { rows: rows.reduce((a, b) => a + b, 0), total: paise(document.querySelector('tfoot tr').cells[column]) }
  })()`)
}

describe.skipIf(skip)('a portfolio that follows the stream', () => {
  it('changes the cells of the share alone whose price came, in a table of 500', async () => {
    const { server, page } = await openBook({ count: 500 })
    await row(page, 'SHARE010').waitFor()
    const read = await watchMutations(page, 'data-group')
    server.tick({ SHARE010: 600.5 }, 1)
    // Not `innerText`: a row out of sight has none until it is scrolled to.
    await eventually(() => row(page, 'SHARE010').textContent()).toContain('600.50')
    const seen = await read()
    expect(seen.rows).toEqual(['SHARE010'])
    // Price and its move, value, day, profit and its share; no element comes or goes.
    expect(seen.texts).toBeLessThanOrEqual(8)
    expect(seen.nodes).toBe(0)
    for (let i = 0; i < 50; i += 1) server.tick({ [`SHARE${String(100 + (i % 5))}`]: 300 + i / 10 }, 2 + i)
    await eventually(() => row(page, 'SHARE104').textContent()).toContain('304.90')
    const after = await read()
    expect(after.rows.toSorted()).toEqual(['SHARE010', 'SHARE100', 'SHARE101', 'SHARE102', 'SHARE103', 'SHARE104'])
    expect(after.nodes).toBe(0)
  }, 90_000)

  it('adds up to the paisa at every price, in the table and over the brokers', async () => {
    const { server, page } = await openBook({ count: 20 })
    for (let i = 1; i <= 10; i += 1) {
      server.tick({ SHARE001: Math.round(9_000 + i * 14.3) / 100, SHARE004: Math.round(20_005 + i * 33.3) / 100 }, i)
      await page.waitForTimeout(60)
      const { rows, total } = await readSums(page)
      expect(rows).toBe(total)
      expect(await page.locator('[data-adds-up]').getAttribute('data-adds-up')).toBe('yes')
    }
    const summary = page.getByRole('region', { name: 'Summary' })
    const total = await page.locator('tfoot tr').innerText()
    expect(total.replaceAll('\n', ' ')).toContain((await summary.locator('dd').first().innerText()).trim())
  })

  it('tells age and source of a price to whoever hovers or focuses it, and the ages go on', async () => {
    const { server, page } = await openBook()
    const price = row(page, 'SHARE003').getByRole('button', { name: /source and age/ })
    await price.hover()
    const facts = page.locator('[data-provenance]').first()
    await facts.getByText('Replay: a recorded price').waitFor()
    server.tick({ SHARE003: 123.45 }, 30)
    await eventually(() => facts.innerText()).toContain('11:42:36 IST')
    await page.mouse.move(0, 0, { steps: 5 })
    await facts.waitFor({ state: 'detached' })
    await price.focus()
    await facts.waitFor()
    await eventually(() => facts.innerText()).toMatch(/Age\s+[1-9]/)
    expect(await price.getAttribute('aria-label')).toBe('SHARE003: 123.45, source and age')
  })

  it('names a stream that is lost, asks for the book instead, and goes on when it is back', async () => {
    const { server, page } = await openBook()
    server.cut()
    const link = page.locator('[data-feed-link="lost"]')
    await link.getByText(/Live prices lost since \d\d:\d\d:\d\d IST.*asked for every 5 seconds instead/).waitFor()
    expect(await card(page, 'Holdings').locator('[data-group]').count()).toBe(6)
    await page.locator('[data-feed-link="live"]').waitFor()
    server.tick({ SHARE002: 222.2 }, 9)
    await eventually(() => row(page, 'SHARE002').innerText()).toContain('222.20')
  })

  it('is one stream for all tabs, taken over when a tab closes', async () => {
    const { server, page, openPage } = await openBook()
    const second = await openPage()
    expect(server.streamCount()).toBe(1)
    server.tick({ SHARE001: 91.5 }, 1)
    for (const tab of [page, second]) await eventually(() => row(tab, 'SHARE001').innerText()).toContain('91.50')
    await page.close()
    await eventually(() => server.streamCount()).toBe(1)
    server.tick({ SHARE001: 92.25 }, 2)
    await eventually(() => row(second, 'SHARE001').innerText()).toContain('92.25')
  })

  it('keeps its stream when the next answer brings the holdings in another order', async () => {
    const { server, page } = await openBook()
    const asked = (path: string) => server.asked.filter((one) => one === path).length
    server.tick({ SHARE001: 9_999 }, 1)
    await expect.poll(() => asked('/api/portfolio/book'), { timeout: 40_000 }).toBeGreaterThan(1)
    await eventually(() => card(page, 'Holdings').locator('[data-group]').first().innerText()).toContain('SHARE001')
    await page.waitForTimeout(300)
    expect([asked('/api/stream'), server.streamCount()]).toEqual([2, 1]) // said what is wanted once, opened it once
  }, 60_000)

  it('is walked by keyboard: arrows and ends, parts, and Enter to the instrument; its order is in the address', async () => {
    const { page } = await openBook({ path: '/portfolio?sort=name&asc=1' })
    const heads = card(page, 'Holdings').getByRole('columnheader')
    expect(await heads.first().getAttribute('aria-sort')).toBe('ascending')
    await rowKey(page, 'SHARE001').focus()
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toBe('SHARE002')
    await page.keyboard.press('End')
    expect(await focused(page)).toBe('SHARE006')
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    expect(await card(page, 'Holdings').locator('[data-part]').count()).toBe(2)
    await page.keyboard.press('ArrowLeft')
    expect(await card(page, 'Holdings').locator('[data-part]').count()).toBe(0)
    for (const [name, order] of [
      ['Quantity', 'descending'],
      ['Quantity', 'ascending'],
      ['P&L', 'descending'],
    ] as const) {
      const head = heads.filter({ hasText: name })
      await head.getByRole('button').click()
      await eventually(() => head.getAttribute('aria-sort')).toBe(order)
    }
    expect(new URL(page.url()).search).toBe('?sort=pnl')
    await rowKey(page, 'SHARE004').focus()
    await page.keyboard.press('Enter')
    await eventually(() => new URL(page.url()).pathname).toBe('/instrument/NSE:SHARE004')
  })

  it('sets NIFTY 50 beside its trend where the address asks for it, and says what the line means', async () => {
    const trend = [
      { date: '2021-06-07', pnl: 500 },
      { date: '2021-06-08', pnl: 1_200 },
      { date: '2021-06-09', pnl: 900 },
    ]
    const { page } = await openBook({ trend })
    const lines = card(page, 'Profit and loss over time')
    expect(await lines.getByText('would be').count()).toBe(0)
    await lines.getByRole('checkbox', { name: 'NIFTY 50, rebased' }).check()
    await lines.getByText(/As if the 1,00,500.00 of Mon 7 Jun 2021 had followed the index/).waitFor()
    expect(new URL(page.url()).search).toBe('?vs=nifty50')
    await eventually(() => lines.locator('[data-trend-day]').innerText()).toMatch(/NIFTY 50 [+−]?\d+\.\d\d%, would be/)
    await page.reload()
    await lines.getByText('would be').waitFor()
  })

  for (const [size, context] of Object.entries({ desktop, phone }))
    it(`breaks no rule of axe while prices come, on a ${size}`, async () => {
      const { server, page } = await openBook({ context, count: 40 })
      await row(page, 'SHARE010').getByRole('button', { name: 'Parts of' }).click()
      server.tick({ SHARE010: 9.99 }, 1)
      expect(await axeViolations(page)).toEqual([])
      expect(await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)')).toBe(0)
    })
})
