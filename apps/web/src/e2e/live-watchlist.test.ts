import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import { card } from './open-account.ts'
import { createBookOpener, watchMutations } from './open-book.ts'
import { desktop, eventually, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of a live watchlist are skipped because ${reason}.`)
const openBook = createBookOpener(skip)
const open = (options: Parameters<typeof openBook>[0] = {}) => openBook({ path: '/', ...options })

const row = (page: Page, symbol: string) => page.locator(`[data-watched="NSE:${symbol}"]`)
const priceOf = (page: Page, symbol: string) => row(page, symbol).getByRole('button', { name: /source and age/ })

describe.skipIf(skip)('a watchlist that follows the stream', () => {
  it('prices a list of 200 and changes the cells of the share alone whose price came', async () => {
    const { server, page } = await open({ count: 199 })
    await eventually(() => row(page, 'SHARE199').textContent()).toMatch(/SHARE199[\d,]+\.\d\d/)
    expect(await row(page, 'NOPE').textContent()).toContain('Not on any list')
    const read = await watchMutations(page, 'data-watched')
    server.tick({ SHARE120: 600.5 }, 1)
    await eventually(() => row(page, 'SHARE120').textContent()).toContain('600.50')
    const seen = await read()
    expect(seen.rows).toEqual(['NSE:SHARE120'])
    expect(seen.nodes).toBe(0)
    expect(server.streamCount()).toBe(1)
  }, 60_000)

  it('tells source and age of the price that came', async () => {
    const { server, page } = await open()
    server.tick({ SHARE003: 123.45 }, 30)
    await eventually(() => priceOf(page, 'SHARE003').innerText()).toBe('123.45')
    await priceOf(page, 'SHARE003').hover()
    const facts = page.locator('[data-provenance]').first()
    await eventually(() => facts.innerText()).toMatch(/Source\s+replay[\s\S]*11:42:36 IST[\s\S]*Age\s+[1-9]/)
    expect(await priceOf(page, 'SHARE003').getAttribute('aria-label')).toBe('NSE:SHARE003: 123.45, source and age')
  })

  it('has prices without the stream, and says since when that is lost', async () => {
    const { server, page } = await open()
    server.setStreams('refused')
    const lost = card(page, 'Watchlist').locator('[data-feed-link="lost"]')
    await lost
      .getByText(/Live prices lost since \d\d:\d\d:\d\d IST.*Prices are asked for every 5 seconds inst/)
      .waitFor()
    server.tick({ SHARE002: 222.2 }, 9)
    await eventually(() => row(page, 'SHARE002').innerText()).toContain('222.20')
    server.setStreams('open')
    await card(page, 'Watchlist').locator('[data-feed-link="live"]').waitFor()
    server.tick({ SHARE002: 333.3 }, 19)
    await eventually(() => row(page, 'SHARE002').innerText()).toContain('333.30')
    expect(server.streamCount()).toBe(1)
  }, 60_000)

  for (const [size, context] of Object.entries({ desktop, phone }))
    it(`breaks no rule of axe on a ${size}`, async () => {
      const { page } = await open({ context })
      await priceOf(page, 'SHARE006').waitFor()
      expect(await axeViolations(page)).toEqual([])
      expect(await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)')).toBe(0)
    })
})
