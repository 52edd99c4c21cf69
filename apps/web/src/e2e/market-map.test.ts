import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import { inventedShares } from './invented-listings.ts'
import { replayOpen } from './invented-market.ts'
import { chart, createPageOpener, desktop, eventually, phone, reasonToSkip } from './open-page.ts'
import { touchesOfPoll } from './touches-of-poll.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of the market map are skipped because ${reason}.`)
const open = createPageOpener(skip)

const map = (page: Page) => page.getByRole('region', { name: 'Market map' })
const tile = (page: Page, symbol: string) => map(page).getByRole('link', { name: new RegExp(`^${symbol}`) })
const sectorNames = new Set(inventedShares.map(({ sector }) => sector))

describe.skipIf(skip)('the market map', () => {
  it('has a tile for each share in the list of its sector, and says what it shows', async () => {
    const { page, complaints } = await open()
    await tile(page, 'TCS').waitFor()
    expect(await map(page).getByRole('link').count()).toBe(inventedShares.length)
    for (const name of sectorNames) {
      const shares = map(page)
        .getByRole('list', { name: name ?? '', exact: true })
        .getByRole('link')
      expect(await shares.count()).toBe(inventedShares.filter(({ sector }) => sector === name).length)
    }
    expect(await tile(page, 'TCS').innerText()).toMatch(/^TCS\s+\+1\.\d\d%$/)
    expect(await tile(page, 'BAJFINANCE').innerText()).toMatch(/−2\.\d\d%$/)
    expect(await map(page).innerText()).toContain('value traded on Wed 9 Jun 2021 (units × last price)')
    expect(await map(page).innerText()).toContain('All 18 traded shares.')
    expect(complaints).toEqual([])
  })

  it('makes tiles as large as what was traded', async () => {
    const { page } = await open()
    await tile(page, 'TCS').waitFor()
    const areaOf = async (symbol: string) => {
      const box = await tile(page, symbol).boundingBox()
      return (box?.width ?? 0) * (box?.height ?? 0)
    }
    // Third and fourth of one sector, 5 and 6 in the fall of the invented volumes.
    expect((await areaOf('WIPRO')) / (await areaOf('TECHM'))).toBeCloseTo(6 / 5, 1)
  })

  it('tells price, change, value traded, source and age on hover and on focus', async () => {
    const { page } = await open()
    await tile(page, 'TCS').hover()
    const panel = page.locator('[data-radix-popper-content-wrapper]')
    await panel.waitFor()
    expect(await panel.innerText()).toMatch(
      /Tata Consultancy Services\s+Information Technology\s+₹3,20\d\.\d\d \+\d+\.\d\d \(\+1\.\d\d%\)\s+Traded ₹20\d\.\d\d Cr, 6\.36 L units\s+NSE:TCS\s+Source\s+replay\s+As of\s+Wed 9 Jun 2021/,
    )
    await page.mouse.move(0, 0, { steps: 5 })
    await panel.waitFor({ state: 'hidden' })
    await tile(page, 'HDFCBANK').focus()
    await panel.waitFor()
    expect(await panel.innerText()).toContain('HDFC Bank')
  })

  it('is walked by keyboard: Tab from sector to sector, arrows from tile to tile, Enter shows the chart', async () => {
    const { page } = await open()
    await tile(page, 'TCS').waitFor()
    const focused = () => page.evaluate('document.activeElement.textContent') as Promise<string>
    expect(await map(page).locator('a[tabindex="0"]').count()).toBe(sectorNames.size)
    await tile(page, 'TCS').focus()
    await page.keyboard.press('ArrowRight')
    const beside = await focused()
    expect(beside).not.toMatch(/^TCS/)
    await page.keyboard.press('ArrowLeft')
    expect(await focused()).toMatch(/^TCS/)
    await page.keyboard.press('End')
    expect(await focused()).not.toMatch(/^TCS/)
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'TCS', exact: true }).waitFor()
    expect(await tile(page, 'TCS').getAttribute('aria-current')).not.toBeNull()
  })

  it('shows a pressed share in the chart and brings the chart into sight', async () => {
    const { page } = await open('/?int=week')
    await tile(page, 'RELIANCE').click()
    const heading = page.getByRole('heading', { name: 'RELIANCE', exact: true })
    await heading.waitFor()
    expect(page.url()).toContain('?i=NSE:RELIANCE&int=week')
    await eventually(async () => (await heading.boundingBox())?.y ?? -1).toBeGreaterThanOrEqual(0)
  })

  it('touches no tile whose share did not change', async () => {
    const { page, server } = await open()
    await tile(page, 'TCS').waitFor()
    expect(
      await touchesOfPoll(page, server, { path: '/api/market-map', element: '[aria-labelledby="market-map"] ul' }),
    ).toBe(0)
  })

  for (const [size, context] of Object.entries({ desktop, phone }))
    for (const colorScheme of ['light', 'dark'] as const)
      it(`has no axe violation on a ${size} in ${colorScheme}`, async () => {
        const { page } = await open('/?i=NSE:TCS', { context: { ...context, colorScheme } })
        await tile(page, 'TCS').waitFor()
        expect(await axeViolations(page)).toEqual([])
      })
})

describe.skipIf(skip)('the market map on a phone', () => {
  const sector = (page: Page, name: string) => map(page).getByRole('button', { name: new RegExp(`^${name}`) })

  it('is of sectors, whose shares are rows a thumb can hit', async () => {
    const { page, complaints } = await open('/', { context: phone })
    await sector(page, 'Information Technology').waitFor()
    expect(await sector(page, 'Information Technology').getAttribute('aria-pressed')).toBe('true')
    expect(await tile(page, 'TCS').innerText()).toMatch(
      /TCS\s+Tata Consultancy Services\s+3,20\d\.\d\d\s+₹20\d\.\d\d Cr\s+\+1\.\d\d%/,
    )
    await sector(page, 'Healthcare').tap()
    await tile(page, 'SUNPHARMA').waitFor()
    expect(await map(page).getByRole('link').count()).toBe(2)
    expect((await tile(page, 'SUNPHARMA').boundingBox())?.height).toBeGreaterThanOrEqual(44)
    await map(page).getByRole('button', { name: 'Sector after' }).tap()
    await map(page).getByRole('heading', { name: 'Fast Moving Consumer Goods' }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    expect(complaints).toEqual([])
  })

  it('tells source and age of the price of a row that has the focus', async () => {
    const { page } = await open('/', { context: phone })
    await tile(page, 'TCS').scrollIntoViewIfNeeded()
    await page.waitForTimeout(300) // scrolling closes a panel
    await tile(page, 'TCS').focus()
    const panel = page.locator('[data-radix-popper-content-wrapper]')
    await panel.waitFor()
    expect(await panel.innerText()).toMatch(/Source\s+replay\s+As of\s+Wed 9 Jun 2021/)
  })

  it('shows a tapped share in the chart', async () => {
    const { page } = await open('/', { context: phone })
    await sector(page, 'Healthcare').tap()
    await tile(page, 'DIVISLAB').tap()
    await page.getByRole('heading', { name: 'DIVISLAB', exact: true }).waitFor()
    await eventually(() => chart(page).getAttribute('aria-label')).toMatch(/^NSE:DIVISLAB/)
    expect(await tile(page, 'DIVISLAB').getAttribute('aria-current')).not.toBeNull()
  })
})

describe.skipIf(skip)('the market map in a state', () => {
  it('without prices says that nothing was traded', async () => {
    const { page } = await open('/', { scene: { ...replayOpen, prices: 'none' } })
    await map(page).getByText('Nothing has been traded yet').waitFor()
    expect(await map(page).locator('[data-notice="empty"]').count()).toBe(1)
  })

  it('without volumes says so and of how many shares', async () => {
    const { page } = await open('/', { scene: { ...replayOpen, volumes: 'none' } })
    await map(page).getByText('No volumes to measure').waitFor()
    expect(await map(page).innerText()).toContain('18 shares have a price')
  })

  it('of failure says so while the rest of the page goes on, and ends by itself', async () => {
    const { page } = await open()
    await page.route('**/api/market-map*', (route) => route.abort())
    await page.reload()
    const alert = map(page).getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toContain('The page goes on trying.')
    expect(await page.locator('[data-index="NSE:NIFTY 50"]').isVisible()).toBe(true)
    await page.unroute('**/api/market-map*')
    await tile(page, 'TCS').waitFor({ timeout: 20_000 })
    expect(await alert.count()).toBe(0)
  })

  it('of a closed market keeps the map of its last session', async () => {
    const { page } = await open('/', { scene: { mode: 'live', state: 'closed', prices: 'all' } })
    await tile(page, 'TCS').waitFor()
    expect(await map(page).innerText()).toContain('value traded on Wed 9 Jun 2021')
  })
})
