import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import { createPageOpener, desktop, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of the keyboard are skipped because ${reason}.`)
const open = createPageOpener(skip)

describe.skipIf(skip)('the palette', () => {
  it('goes to a screen and to an instrument', async () => {
    const { page, complaints } = await open('/')
    const palette = page.getByRole('dialog', { name: 'Commands' })
    await page.getByRole('region', { name: 'Sectors' }).waitFor()
    await page.keyboard.press('Control+k')
    await palette.waitFor()
    await page.keyboard.type('sig')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Signals', exact: true }).waitFor()
    await page.keyboard.press('Meta+k')
    await page.keyboard.type('titan')
    await palette.getByRole('option', { name: /TITAN/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'TITAN', exact: true }).waitFor()
    expect(await palette.count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('closes with Escape, gives the focus back, and says when nothing fits', async () => {
    const { page } = await open('/signals')
    await page.getByLabel('Symbol').focus()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('qqq')
    await page.getByText('Nothing fits.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.evaluate('document.activeElement.name')).toBe('symbol')
  })

  it('and the sheet of keys open by a key, but never while somebody types', async () => {
    const { page } = await open('/signals')
    await page.getByLabel('Symbol').focus()
    await page.keyboard.type('?/')
    expect(await page.getByLabel('Symbol').inputValue()).toBe('?/')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.getByLabel('Symbol').blur()
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keys' })
    await sheet.waitFor()
    await sheet.getByRole('button', { name: 'Close' }).click()
    await sheet.waitFor({ state: 'detached' })
  })

  for (const [size, context] of Object.entries({ desktop, phone }))
    for (const colorScheme of ['light', 'dark'] as const)
      it(`has no axe violation on a ${size} in ${colorScheme}, nor has the sheet of keys`, async () => {
        const { page } = await open('/signals', { context: { ...context, colorScheme } })
        await page.locator('[data-record]').first().waitFor()
        await page.keyboard.press('Control+k')
        await page.getByRole('dialog').getByRole('option').first().waitFor()
        expect(await axeViolations(page)).toEqual([])
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
        await page.keyboard.press('?')
        await page.getByRole('dialog', { name: 'Keys' }).waitFor()
        expect(await axeViolations(page)).toEqual([])
      })
})
