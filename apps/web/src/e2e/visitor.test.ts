import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { startRealServer } from './open-account.ts'
import { chart, desktop, eventually, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of a visitor of the real server are skipped because ${reason}.`)
const { open } = startRealServer(skip)

/** A first start measures every record before it has signals, which a busy machine takes minutes for. */
const measuredMs = 300_000

const topSignal = (page: Page) => page.getByRole('region', { name: 'Top signals' }).locator('[data-signal]').first()
const findings = (page: Page) => page.getByRole('region', { name: 'Patterns' }).getByRole('listitem')
const drawn = async (page: Page) => {
  const [lines, markers] = [
    await chart(page).getAttribute('data-lines'),
    await chart(page).getAttribute('data-markers'),
  ]
  return Number(lines) + Number(markers)
}
const sidewaysPx = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
const focusedText = (page: Page) => page.evaluate<string>('document.activeElement.textContent')

describe.skipIf(skip)('a visitor of the real server, without an account', () => {
  it(
    'comes from the first screen to a chart with its patterns and their records with one press',
    async () => {
      const { page, complaints } = await open('/')
      await topSignal(page).waitFor({ timeout: measuredMs })
      const [symbol = ''] = (await topSignal(page).innerText()).split(/\s/)
      await topSignal(page).click()
      await page.getByRole('heading', { name: symbol, exact: true }).waitFor()
      await findings(page).first().waitFor()
      await eventually(() => drawn(page)).toBeGreaterThan(0)
      expect(await findings(page).allInnerTexts()).toContainEqual(
        expect.stringMatching(/\d+ of 100( against \d+ usual)?, n\s=\s[\d,]+|Too few cases|No measurable edge/),
      )
      expect(await page.locator('[data-replay]').innerText()).toContain('REPLAY')
      expect(complaints).toEqual([])
    },
    measuredMs,
  )

  it(
    'needs no mouse: from the search to what was found, to all signals and back',
    async () => {
      const { page, complaints } = await open('/')
      await topSignal(page).waitFor({ timeout: measuredMs })
      await page.keyboard.press('/')
      await page.keyboard.type('infosys')
      await page.getByRole('option', { name: /INFY/ }).waitFor()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'INFY', exact: true }).waitFor()
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog', { name: 'Commands' }).waitFor()
      await page.keyboard.type('signals')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Signals', exact: true }).waitFor()
      await page.locator('[data-signal] a').first().waitFor()
      // Tab alone reaches the list; its rows are one stop, walked by arrows.
      for (let i = 0; i < 60 && !(await isInSignals(page)); i += 1) await page.keyboard.press('Tab')
      const first = await focusedText(page)
      await page.keyboard.press('ArrowDown')
      expect(await isInSignals(page)).toBe(true)
      await page.keyboard.press('ArrowUp')
      expect(await focusedText(page)).toBe(first)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: first, exact: true }).waitFor()
      await eventually(() => drawn(page)).toBeGreaterThan(0)
      await page.goBack()
      await page.locator('[data-signal] a').first().waitFor()
      expect(complaints).toEqual([])
    },
    measuredMs,
  )

  it.each(Object.entries({ phone, desktop }))(
    'sees every open screen of a %s without scrolling sideways',
    async (_, context) => {
      const { page, complaints } = await open('/', context)
      await topSignal(page).waitFor({ timeout: measuredMs })
      expect(await sidewaysPx(page)).toBe(0)
      if (context === phone) await topSignal(page).tap()
      else await topSignal(page).click()
      await eventually(() => drawn(page)).toBeGreaterThan(0)
      expect(await sidewaysPx(page)).toBe(0)
      for (const [path, sign] of [
        ['/signals', '[data-signal]'],
        ['/status', '[data-source]'],
        ['/developers', 'pre'],
        ['/sources', '[data-mode="replay"]'],
      ] as const) {
        await page.goto(new URL(path, page.url()).href)
        await page.locator(sign).first().waitFor()
        expect([path, await sidewaysPx(page)]).toEqual([path, 0])
      }
      expect(complaints).toEqual([])
    },
    measuredMs,
  )
})

const isInSignals = (page: Page) => page.evaluate<boolean>('document.activeElement.closest("[data-signal]") !== null')
