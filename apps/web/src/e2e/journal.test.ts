import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import { card, signIn, startRealServer } from './open-account.ts'
import { desktop, eventually, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of the journal are skipped because ${reason}.`)
const { server, open } = startRealServer(skip)

/** Signs a fresh person in and opens the journal. */
async function openJournal(name: string, context = desktop) {
  const opened = await open('/sign-in?to=/journal', context)
  await signIn(opened.page, await server().newPerson(name))
  await card(opened.page, 'Entries').getByText('Nothing written yet').waitFor()
  return opened
}

const file = (text: string) => ({ name: 'trades.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
const header = 'symbol,side,quantity,price,opened_at,exit_price,closed_at,tags\n'
/** A gain of 1,000.00 and a loss of 250.00. */
const trades = [
  'TCS,buy,10,3300,2026-09-01T10:00:00+05:30,3400,2026-09-03T15:00:00+05:30,swing',
  'INFY,sell,5,1500,2026-09-07T10:00:00+05:30,1550,2026-09-08T15:00:00+05:30,swing;gap up',
]

async function checkFile(page: Page, text: string) {
  const files = card(page, 'CSV files')
  await files.getByLabel('CSV file').setInputFiles(file(text))
  await files.getByRole('button', { name: 'Check the file' }).click()
  await files.locator('[data-import]').waitFor()
  return files
}

const rows = (page: Page) => card(page, 'Entries').locator('[data-entry]')

describe.skipIf(skip)('the journal over a real server', () => {
  it('writes an entry down, says beside a field what is wrong, changes and deletes it', async () => {
    const { page, complaints } = await openJournal('Asha')
    await page.getByRole('link', { name: 'New entry' }).click()
    // The journal, which has a field of this name too, stays on screen until the editor has come.
    const editor = page.getByRole('form', { name: 'New entry' })
    await editor.getByLabel('Symbol').fill('tcs')
    await page.getByLabel('Quantity').fill('1,000')
    await page.getByLabel('Entry price, ₹').fill('ten')
    await page.getByLabel('Opened on').fill('2026-09-01')
    await page.getByLabel('At, IST').first().fill('10:05')
    await page.getByLabel('Tags').fill('swing, gap up')
    await page.getByRole('button', { name: 'Write it down' }).click()
    await eventually(() => page.evaluate('document.activeElement.name')).toBe('price')
    await page.getByLabel('Entry price, ₹').fill('3390.50')
    await page.keyboard.press('Enter')
    await rows(page).first().waitFor()
    expect(await rows(page).first().innerText()).toMatch(
      /NSE:TCS[\s\S]*Tue 1 Sep 2026, 10:05[\s\S]*1,000[\s\S]*3,390\.50[\s\S]*open/,
    )

    await rows(page).first().getByRole('link').click()
    await page.getByLabel('Exit price, ₹').fill('3400.50')
    await page.getByLabel('Closed on').fill('2026-09-02')
    await page.getByLabel('At, IST').last().fill('15:00')
    await page.getByRole('button', { name: 'Save' }).click()
    await rows(page).getByText('+10,000.00').waitFor()
    await card(page, 'Days').locator('[data-day="2026-09-02"]').waitFor()
    await card(page, 'What came of it').getByText('1 won, 0 lost').waitFor()

    await rows(page).first().getByRole('link').click()
    await page.getByRole('button', { name: 'Delete the entry' }).click()
    await page.getByRole('button', { name: 'Delete it for good' }).click()
    await card(page, 'Entries').getByText('Nothing written yet').waitFor()
    expect(complaints).toEqual([])
  })

  it('checks a file before anything is written, names the rows that are wrong, and imports it once', async () => {
    const { page } = await openJournal('Bina')
    await card(page, 'CSV files').getByRole('button', { name: 'Import' }).click()
    const bad = await checkFile(page, `${header}${trades[0]}\nINFY,hold,0,1500,2026-09-07T10:00:00+05:30,,,\n`)
    await bad.getByText('nothing can be imported').waitFor()
    expect(await bad.getByRole('region', { name: 'Rejected rows' }).innerText()).toMatch(/3\s+side/)
    expect(await bad.getByRole('button', { name: /^Import \d/ }).count()).toBe(0)
    await bad.getByRole('button', { name: 'Choose another file' }).click()
    const good = await checkFile(page, header + trades.join('\n'))
    expect(await rows(page).count()).toBe(0)
    await good.getByRole('button', { name: 'Import 2 entries' }).click()
    await good.getByText('2 entries were added').waitFor()
    await eventually(() => rows(page).count()).toBe(2)
    const figures = await card(page, 'What came of it').innerText()
    expect(figures).toContain('+750.00')
    expect(figures).toContain('50.00%')
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    expect((await saved).suggestedFilename()).toBe('banyan-journal.csv')
  })

  it('filters by the address, and an empty filter is not an empty journal', async () => {
    const { page } = await openJournal('Charu')
    await card(page, 'CSV files').getByRole('button', { name: 'Import' }).click()
    const files = await checkFile(page, header + trades.join('\n'))
    await files.getByRole('button', { name: 'Import 2 entries' }).click()
    await eventually(() => rows(page).count()).toBe(2)
    await page.getByLabel('Tag', { exact: true }).fill('gap up')
    await page.getByRole('button', { name: 'Filter' }).click()
    await eventually(() => rows(page).count()).toBe(1)
    await page.reload()
    await rows(page).getByText('NSE:INFY').waitFor()
    expect(await rows(page).count()).toBe(1)
    await page.goto(`${server().origin}/journal?symbol=NSE:SBIN`)
    await card(page, 'Entries').getByText('No entry fits the filter').waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await eventually(() => rows(page).count()).toBe(2)
  })

  it('says of a part that could not be had why, beside the parts that could', async () => {
    const { page } = await open('/sign-in?to=/journal')
    await page.route('**/api/journal/statistics*', (route) => route.abort())
    await signIn(page, await server().newPerson('Divya'))
    await card(page, 'What came of it').getByRole('alert').getByText('The server cannot be reached.').waitFor()
    await card(page, 'Entries').getByText('Nothing written yet').waitFor()
    expect(await card(page, 'Entries').getByRole('alert').count()).toBe(0)
  })

  for (const [size, context] of Object.entries({ desktop, phone }))
    for (const colorScheme of ['light', 'dark'] as const)
      it(`breaks no rule of axe and is no wider than a ${size} in ${colorScheme}`, async () => {
        const { page } = await openJournal('Esha', { ...context, colorScheme })
        const faults = async () => ({
          violations: await axeViolations(page),
          tooWide: await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)'),
        })
        const none = { violations: [], tooWide: 0 }
        expect(await faults()).toEqual(none)
        await card(page, 'CSV files').getByRole('button', { name: 'Import' }).click()
        const files = await checkFile(page, `${header}TCS,hold,1,1,2026-09-07T10:00:00+05:30,,,\n`)
        expect(await faults()).toEqual(none)
        await files.getByRole('button', { name: 'Choose another file' }).click()
        const good = await checkFile(page, header + trades.join('\n'))
        await good.getByRole('button', { name: 'Import 2 entries' }).click()
        await eventually(() => rows(page).count()).toBe(2)
        await page.getByText('By month, tag and pattern at entry').click()
        expect(await faults()).toEqual(none)
        await rows(page).first().getByRole('link').click()
        await page.getByRole('button', { name: 'Delete the entry' }).click()
        expect(await faults()).toEqual(none)
      })
})
