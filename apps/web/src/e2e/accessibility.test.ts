import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import { chart, createPageOpener, desktop, movers, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The accessibility tests are skipped because ${reason}.`)
const open = createPageOpener(skip)

describe.skipIf(skip)('accessibility', () => {
  for (const [size, context] of Object.entries({ desktop, phone }))
    for (const colorScheme of ['light', 'dark'] as const)
      it(`has no axe violation on a ${size} in ${colorScheme}, also while searching and when the server is gone`, async () => {
        const { page, server } = await open('/', { context: { ...context, colorScheme } })
        await chart(page).waitFor()
        await movers(page)
          .getByRole('link', { name: /^WIPRO/ })
          .waitFor()
        expect(await axeViolations(page)).toEqual([])
        await page.getByRole('combobox').fill('bank')
        await page.getByRole('option').first().waitFor()
        expect(await axeViolations(page)).toEqual([])
        server.control.fault = 'down'
        await page.reload()
        await page.getByRole('alert').waitFor()
        expect(await axeViolations(page)).toEqual([])
      })
})
