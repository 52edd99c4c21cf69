import { describe, expect, it } from 'vitest'
import { replayOpen } from './invented-market.ts'
import { createPageOpener, eventually, type FakeServer, movers, reasonToSkip } from './open-page.ts'
import { touchesOfPoll } from './touches-of-poll.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of states and polling are skipped because ${reason}.`)
const open = createPageOpener(skip)

describe.skipIf(skip)('a state', () => {
  it('of failure says what to do, shows no figure, and ends by itself', async () => {
    const { page, server } = await open('/', {
      before: ({ control }) => {
        control.fault = 'down'
      },
    })
    const alert = page.getByRole('alert').filter({ hasText: 'No market data' })
    await alert.waitFor()
    expect(await page.locator('main').innerText()).not.toMatch(/\d,\d{3}/)
    server.control.fault = 'none'
    await alert.getByRole('button', { name: 'Try again now' }).click()
    await page.locator('[data-index="NSE:NIFTY 50"]').waitFor()
    expect(await alert.count()).toBe(0)
  })

  it('of old prices says since when, keeps showing them, and ends by itself', async () => {
    const { page, server } = await open()
    await page.locator('[data-index="NSE:NIFTY 50"]').waitFor()
    server.control.fault = 'down'
    const stale = page.locator('[data-stale]')
    await stale.waitFor({ timeout: 20_000 })
    expect(await stale.innerText()).toMatch(
      /Not updating since \d\d:\d\d:\d\d IST on this device’s clock\. The server cannot be reached\./,
    )
    expect(await page.locator('[data-index="NSE:NIFTY 50"]').innerText()).toMatch(/15,7\d\d\.\d\d/)
    expect(await page.locator('html').getAttribute('data-feed')).toBe('stale')
    expect(await page.locator('[data-market-state]').innerText()).toContain('Was open')
    await eventually(() => page.locator('[data-price]').innerText()).toMatch(/ ([5-9]|\d\d)(\.\d)? s old/)
    server.control.fault = 'none'
    await stale.getByRole('button').click()
    await stale.waitFor({ state: 'detached' })
  })

  it('of a closed market names the next opening', async () => {
    const { page } = await open('/', { scene: { mode: 'live', state: 'closed', prices: 'all' } })
    const badge = page.locator('[data-market-state="closed"]')
    await badge.waitFor()
    expect(await badge.innerText()).toMatch(/Closed[\s\S]*Opens Mon 23 Nov, 09:15 IST/)
    expect(await page.locator('[data-replay]').count()).toBe(0)
    expect(await page.locator('html').getAttribute('data-market')).toBe('live')
    await page.locator('[data-price]').waitFor()
    expect(await page.locator('[data-price]').innerText()).toContain('Close · invented')
  })

  it('of a market without prices is empty, not failed and not zero', async () => {
    const { page } = await open('/', { scene: { ...replayOpen, prices: 'none' } })
    await page.locator('[data-notice="empty"]').nth(2).waitFor()
    expect(await page.locator('[data-notice="failed"]').count()).toBe(0)
    expect(await page.locator('[data-index="NSE:NIFTY 50"]').innerText()).toContain('No price')
    expect(await page.locator('main').innerText()).not.toMatch(/\b0\.00/)
  })

  it('of an instrument nobody lists says so and stays on the page', async () => {
    const { page } = await open('/?i=NSE:NOPE')
    await page.getByText('Not on any list').waitFor()
    await page.getByRole('alert').filter({ hasText: 'No candles' }).waitFor()
    expect(await page.locator('[data-index="NSE:NIFTY 50"]').isVisible()).toBe(true)
  })

  it('of a screen never opened before says that it is away, and comes when the server does', async () => {
    const { page } = await open()
    // However slow the machine: it does not come early either.
    await page.context().route(/signals-page-/, (route) => route.abort())
    await page.reload()
    await page.locator('[data-index="NSE:NIFTY 50"]').waitFor()
    await page.context().route('**', (route) => route.abort())
    await page.getByRole('link', { name: 'Signals', exact: true }).first().click()
    const away = page.locator('main').getByRole('alert').filter({ hasText: 'This screen is not here yet' })
    await away.waitFor()
    expect(await page.getByRole('banner').isVisible()).toBe(true)
    await page.context().unrouteAll()
    await away.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Signals', exact: true }).waitFor()
    expect(await away.count()).toBe(0)
  })

  it('of a screen whose program was replaced on the server is none: the page is loaded anew, once', async () => {
    const { page } = await open()
    await page.locator('[data-index="NSE:NIFTY 50"]').waitFor()
    let isGone = true
    await page.context().route(/signals-page-/, (route) => (isGone ? route.fulfill({ status: 404 }) : route.continue()))
    let loads = 0
    page.on('domcontentloaded', () => {
      loads += 1
      isGone = false
    })
    await page.getByRole('link', { name: 'Signals', exact: true }).first().click()
    await page.getByRole('heading', { name: 'Signals', exact: true }).waitFor()
    expect(loads).toBe(1)
  })

  it('of an old screen is not needed: two seconds after the first, all screens are here', async () => {
    const { page } = await open()
    const asked = new Set<string>()
    page.on('request', (request) => asked.add(request.url()))
    const loaded = () =>
      [...asked].filter((url) => /(signals|status|journal|account)-page-.*\.js$|palette-.*\.js$/.test(url)).length
    await eventually(loaded).toBeGreaterThanOrEqual(5)
    await page.context().route('**', (route) => route.abort())
    await page.getByRole('link', { name: 'Signals', exact: true }).first().click()
    await page.getByRole('heading', { name: 'Signals', exact: true }).waitFor()
    const failed = page.getByRole('alert').filter({ hasText: 'No signals' })
    await failed.waitFor()
    expect(await failed.innerText()).toContain('The server cannot be reached')
  })
})

describe.skipIf(skip)('polling', () => {
  const snapshots = (server: FakeServer) => server.asked.filter((path) => path === '/api/index/snapshot').length

  it('waits as long as Retry-After says', async () => {
    const { page, server } = await open()
    await page.locator('[data-index="NSE:NIFTY 50"]').waitFor()
    const before = snapshots(server)
    server.control.fault = 'rate_limited'
    await eventually(() => snapshots(server)).toBeGreaterThan(before)
    const asked = snapshots(server)
    await page.waitForTimeout(4_500)
    expect(snapshots(server)).toBe(asked)
    await page.getByText('slow down').waitFor()
  })

  it('rests while the page is hidden', async () => {
    const { page, server } = await open()
    await page.locator('[data-index="NSE:NIFTY 50"]').waitFor()
    await page.evaluate(`
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))`)
    await page.waitForTimeout(200)
    const asked = server.asked.length
    await page.waitForTimeout(4_500)
    expect(server.asked.length).toBe(asked)
    await page.evaluate('delete document.visibilityState; document.dispatchEvent(new Event("visibilitychange"))')
    await eventually(() => server.asked.length).toBeGreaterThan(asked)
  })

  it('touches no row of the movers whose figures did not change', async () => {
    const { page, server } = await open()
    await movers(page)
      .getByRole('link', { name: /^WIPRO/ })
      .waitFor()
    expect(await touchesOfPoll(page, server, { path: '/api/movers', element: 'table' })).toBe(0)
  })
})
