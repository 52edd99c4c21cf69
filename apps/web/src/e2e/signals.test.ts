import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import { replayOpen } from './invented-market.ts'
import { createPageOpener, desktop, eventually, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of the signals are skipped because ${reason}.`)
const open = createPageOpener(skip)

describe.skipIf(skip)('the signals', () => {
  it('come a page at a time, with what was measured in words', async () => {
    const { page, server, complaints } = await open('/signals')
    const signals = page.getByRole('region', { name: 'Completed lately' })
    const rows = signals.locator('[data-signal]')
    await rows.first().waitFor()
    const cells = (await rows.first().innerText()).replaceAll(/\s+/g, ' ')
    expect(cells).toContain('TCS NSE Double bottom Measured edge')
    expect(cells).toMatch(/Measured edge, higher after 5 trading days ▲.* 57.2 usual 51.8 53.4 to 61.0 412/)
    expect(await signals.innerText()).toContain('18 in all')
    await eventually(() => rows.count()).toBe(18)
    expect(server.asked.filter((path) => path === '/api/signals').length).toBe(2)
    expect(complaints).toEqual([])
  })

  it('are ordered by each column, either way, and the address restores the order', async () => {
    const { page } = await open('/signals', { scene: { ...replayOpen, signals: 300 } })
    const table = page.getByRole('table', { name: 'Signals' })
    const cases = () =>
      table
        .locator('[data-signal] td:last-child')
        .evaluateAll((cells) => cells.map((cell) => Number(cell.textContent.replaceAll(',', ''))))
    const most = Math.max(...Array.from({ length: 300 }, (_, i) => (i * 104_729) % 9_973))
    const head = table.getByRole('columnheader', { name: 'Cases' })
    await table.locator('[data-signal]').first().waitFor()
    expect(await head.getAttribute('aria-sort')).toBe('none')
    await head.getByRole('button').press('Enter')
    await eventually(async () => (await cases())[0]).toBe(most)
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    expect(await cases()).toEqual((await cases()).toSorted((a, b) => b - a))
    expect(page.url()).toMatch(/\/signals\?order=-n$/)
    await page.reload()
    await eventually(async () => (await cases())[0]).toBe(most)
    await head.getByRole('button').click()
    await eventually(async () => (await cases())[0]).toBe(0)
    await head.getByRole('button').click()
    await eventually(() => head.getAttribute('aria-sort')).toBe('none')
    expect(page.url()).toMatch(/\/signals$/)
    for (const name of ['Instrument', 'Pattern', 'Points', 'Completed', 'Of 100', '90% interval']) {
      const column = table.getByRole('columnheader', { name })
      await column.getByRole('button').click()
      await eventually(() => column.getAttribute('aria-sort')).not.toBe('none')
    }
  })

  it('are thousands without thousands of rows, reached by keyboard from end to end', async () => {
    const { page, complaints } = await open('/signals?order=symbol', { scene: { ...replayOpen, signals: 5_000 } })
    const table = page.getByRole('table', { name: 'Signals' })
    await table.locator('[data-signal]').first().waitFor()
    expect(await table.getAttribute('aria-rowcount')).toBe('5001')
    await table.locator('[data-signal] a').first().focus()
    const focused = () => page.evaluate('document.activeElement.textContent')
    for (const [key, symbol] of [
      ['ArrowDown', 'SHARE0001'],
      ['End', 'SHARE4999'],
      ['ArrowUp', 'SHARE4998'],
      ['Home', 'SHARE0000'],
    ] as const) {
      await page.keyboard.press(key)
      await eventually(focused).toBe(symbol)
    }
    await page.keyboard.press('PageDown')
    await eventually(focused).toMatch(/^SHARE00[01]\d$/)
    expect(await table.locator('tr').count()).toBeLessThan(60)
    expect(await table.locator('[data-signal]').last().getAttribute('aria-rowindex')).toMatch(/^\d+$/)
    expect(await table.locator('a[tabindex="0"]').count()).toBe(1)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/instrument\/NSE:SHARE00/)
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
  })

  it('say that the rest cannot be had, and go on when it can', async () => {
    const { page, server } = await open('/signals', { scene: { ...replayOpen, signals: 400 } })
    const signals = page.getByRole('region', { name: 'Completed lately' })
    await signals.locator('[data-signal] a').first().focus()
    server.control.fault = 'down'
    await page.keyboard.press('End')
    await signals.getByText('Not up to date').waitFor()
    expect(await signals.getByText('Loading…').count()).toBeGreaterThan(0)
    await page.keyboard.press('Home')
    expect(await signals.locator('[data-signal]').count()).toBeGreaterThan(0)
    server.control.fault = 'none'
    await page.keyboard.press('End')
    await eventually(() => page.evaluate('document.activeElement.matches("a[href*=instrument]")')).toBe(true)
    expect(await signals.getByText('Not up to date').count()).toBe(0)
  })

  it('are filtered, and the address restores the filter', async () => {
    const { page } = await open('/signals')
    const rows = page.locator('[data-signal]')
    await rows.first().waitFor()
    await page.getByLabel('Verdict').selectOption('no_measurable_edge')
    await eventually(() => rows.count()).toBe(6)
    await page.getByLabel('Symbol').fill('nse:itc')
    await page.keyboard.press('Enter')
    await eventually(() => rows.count()).toBe(1)
    expect(page.url()).toMatch(/\/signals\?symbol=NSE:ITC&verdict=no_measurable_edge$/)
    await page.reload()
    await eventually(() => rows.count()).toBe(1)
    await page.getByRole('button', { name: 'Show all' }).click()
    await eventually(() => rows.count()).toBe(18)
  })

  it('lead by keyboard to the chart where the pattern is drawn', async () => {
    const { page } = await open('/signals')
    await page.locator('[data-signal] a').first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'INFY', exact: true }).waitFor()
    expect(page.url()).toContain('/instrument/NSE:INFY?int=day&show=double_bottom.bullish')
  })

  it('have a catalogue of what each pattern has been worth, in the order asked for', async () => {
    const { page } = await open('/signals')
    const records = page.locator('[data-record]')
    await records.first().waitFor()
    const order = () => records.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-record')))
    expect(await order()).toEqual(['double_bottom', 'bull_flag', 'CDLHAMMER'])
    expect(await records.nth(1).innerText()).toMatch(
      /Too few cases to tell[\s\S]*52 of 100 against 52 usual, n\u00a0=\u00a09/,
    )
    await page.getByRole('radio', { name: 'Most cases first' }).click()
    await eventually(order).toEqual(['CDLHAMMER', 'double_bottom', 'bull_flag'])
    expect(page.url()).toContain('sort=cases')
  })

  it('show whether what records promised held later, in a plot and in figures', async () => {
    const { page } = await open('/signals')
    const card = page.getByRole('region', { name: 'Do records hold?' })
    await card.getByText('The 90% interval holds what was promised in 2 of 3 groups, the usual rate in 3.').waitFor()
    expect(await card.getByRole('img').locator('circle').count()).toBe(3)
    expect((await card.getByRole('row').nth(3).innerText()).replaceAll(/\s+/g, ' ')).toBe(
      '57.8 3 records 51.0 45.2 to 56.9 51.2 96',
    )
    await page.getByLabel('Candles', { exact: true }).selectOption('1h')
    await card.getByText('Not tested on these candles').waitFor()
    expect(await card.getByRole('img').count()).toBe(0)
  })

  it('that are none, and those that cannot be had, are told apart', async () => {
    const { page, server } = await open('/signals', { scene: { ...replayOpen, prices: 'none' } })
    await page.getByText('No signal fits the filter').waitFor()
    server.control.fault = 'down'
    await page.reload()
    await page.getByRole('alert').filter({ hasText: 'No signals' }).waitFor()
    await page.getByRole('alert').filter({ hasText: 'No records' }).waitFor()
    expect(await page.getByText('No signal fits the filter').count()).toBe(0)
  })

  it('stand on the overview, best first', async () => {
    const { page } = await open('/')
    const top = page.getByRole('region', { name: 'Top signals' })
    await top.getByRole('link', { name: 'TCS' }).first().waitFor()
    expect(await top.innerText()).toContain('57 of 100 against 52 usual, n\u00a0=\u00a0412')
  })

  for (const [size, context] of Object.entries({ desktop, phone }))
    for (const colorScheme of ['light', 'dark'] as const)
      it(`have no axe violation and no sideways scroll on a ${size} in ${colorScheme}`, async () => {
        const { page } = await open('/signals', { context: { ...context, colorScheme } })
        await page.locator('[data-signal]').first().waitFor()
        await page.locator('[data-record]').first().waitFor()
        expect(await axeViolations(page)).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      })
})
