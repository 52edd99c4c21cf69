import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import { replayOpen } from './invented-market.ts'
import { chart, createPageOpener, desktop, eventually, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of the instrument's page are skipped because ${reason}.`)
const open = createPageOpener(skip)

describe.skipIf(skip)('the page of an instrument', () => {
  it('draws what was found on the candles and says what was measured of it', async () => {
    const { page, server, complaints } = await open('/instrument/NSE:TCS')
    await chart(page).waitFor()
    const patterns = page.getByRole('region', { name: 'Patterns' })
    const found = patterns.getByRole('listitem')
    await found.first().waitFor()
    expect(await found.first().innerText()).toMatch(
      /Double bottom[\s\S]*quality 74[\s\S]*forming[\s\S]*57 of 100 against 52 usual, n\u00a0=\u00a0412 higher after 5 trading days/,
    )
    expect(await found.nth(1).innerText()).toMatch(/Hammer ×2[\s\S]*No measurable edge: 50 of 100/)
    // The path over the anchors and the neckline; two hammers.
    await eventually(() => chart(page).getAttribute('data-lines')).toBe('2')
    expect(await chart(page).getAttribute('data-markers')).toBe('2')
    expect(await page.locator('[data-disclaimer]').innerText()).toContain('not registered with SEBI')
    // One to open the stream of its price, one to listen.
    expect(server.asked.filter((path) => path === '/api/stream')).toHaveLength(2)
    expect(complaints).toEqual([])
  })

  it('takes each finding off the chart and puts it back, and the address restores what is drawn', async () => {
    const { page } = await open('/instrument/NSE:TCS')
    await page.getByRole('button', { name: /Double bottom/ }).click()
    await eventually(() => chart(page).getAttribute('data-lines')).toBe('0')
    expect(page.url()).toContain('?show=CDLHAMMER.bullish')
    await page.reload()
    await eventually(() => chart(page).getAttribute('data-markers')).toBe('2')
    expect(await page.getByRole('button', { name: /Double bottom/ }).getAttribute('aria-pressed')).toBe('false')
    await page.getByRole('button', { name: 'Draw none' }).click()
    await eventually(() => chart(page).getAttribute('data-markers')).toBe('0')
  })

  it('draws indicators computed from the candles, which go along to the next instrument', async () => {
    const { page } = await open('/instrument/NSE:TCS?show=')
    await page.getByRole('button', { name: /^SMA 20:/ }).click()
    await page.getByRole('button', { name: /^RSI 14:/ }).click()
    await eventually(() => chart(page).getAttribute('data-lines')).toBe('1')
    await page.keyboard.press('/')
    await page.keyboard.type('titan')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'TITAN', exact: true }).waitFor()
    expect(decodeURIComponent(page.url())).toMatch(/\/instrument\/NSE:TITAN\?int=day&with=sma20,rsi14$/)
  })

  it('lays a past stretch over the chart and compares what followed with any day', async () => {
    const { page } = await open('/instrument/NSE:TCS?show=')
    const matches = page.getByRole('region', { name: 'When it looked like this before' })
    await matches.getByRole('row', { name: /^5 n = 2/ }).waitFor()
    expect(await matches.innerText()).toContain('2 matches are few')
    expect(await matches.getByRole('row', { name: /^5 n = 2/ }).innerText()).toMatch(/\+1\.50%[\s\S]*against \+0\.20%/)
    await matches.getByRole('button', { name: /INFY/ }).click()
    await eventually(() => chart(page).getAttribute('data-lines')).toBe('1')
    await matches.getByRole('button', { name: /INFY/ }).click()
    await eventually(() => chart(page).getAttribute('data-lines')).toBe('0')
  })

  it('says where patterns are not searched, where none is found, and where it could not be had', async () => {
    const { page, server } = await open('/instrument/NSE:TCS?int=1minute')
    await page.getByText('Not searched on these candles').waitFor()
    await page.getByRole('button', { name: 'Show daily candles' }).click()
    await page.getByRole('button', { name: /Double bottom/ }).waitFor()
    expect(page.url()).toContain('?int=day')
    server.control.scene = { ...replayOpen, prices: 'none' }
    await page.reload()
    await page.getByText('Nothing found').waitFor()
    await page.goto(`${server.url}/instrument/NSE:NOPE`)
    await page.getByText('Not on any list').waitFor()
    await eventually(() => page.getByRole('alert').filter({ hasText: 'No patterns' }).count()).toBe(1)
  })

  it('is walked by keyboard: arrows move in the list, Enter draws', async () => {
    const { page } = await open('/instrument/NSE:TCS?show=')
    await page.getByRole('button', { name: /Double bottom/ }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await eventually(() => chart(page).getAttribute('data-markers')).toBe('2')
    expect(await page.evaluate('document.activeElement.dataset.finding')).toBe('CDLHAMMER.bullish')
  })

  for (const [size, context] of Object.entries({ desktop, phone }))
    for (const colorScheme of ['light', 'dark'] as const)
      it(`has no axe violation and no sideways scroll on a ${size} in ${colorScheme}`, async () => {
        const { page } = await open('/instrument/NSE:TCS?with=sma20,rsi14', { context: { ...context, colorScheme } })
        await chart(page).waitFor()
        await page.getByRole('row', { name: /INFY/ }).waitFor()
        await page.getByText('58 of 100, neutral').waitFor()
        expect(await axeViolations(page)).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      })
})
