import type { Page } from 'playwright-core'

/** A screen and when it is whole. */
export interface Screen {
  /** Of its files. */
  readonly name: string
  readonly path: string
  /** Shown to a visitor. */
  readonly isPublic?: true
  settle(page: Page): Promise<unknown>
}

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
/** Long enough for a chart to be drawn and for two ticks of the feed. */
const drawnMs = 2_500

async function drawn(page: Page): Promise<void> {
  await page.locator('canvas').first().waitFor()
  await page.waitForTimeout(drawnMs)
}

export const screens: readonly Screen[] = [
  { name: 'overview', path: '/?i=NSE:RELIANCE&int=day&r=1y', isPublic: true, settle: drawn },
  {
    name: 'overview-map',
    path: '/?i=NSE:RELIANCE&int=day&r=1y',
    isPublic: true,
    async settle(page) {
      await drawn(page)
      await region(page, 'Market map').evaluate((element) => element.scrollIntoView({ block: 'start' }))
      await region(page, 'Market map').getByRole('link').first().waitFor()
    },
  },
  { name: 'overview-signed-in', path: '/?i=NSE:RELIANCE&int=day&r=1y', settle: drawn },
  {
    name: 'instrument',
    path: '/instrument/NSE:TCS',
    isPublic: true,
    async settle(page) {
      await drawn(page)
      await page.getByRole('list', { name: 'Patterns found' }).waitFor()
      await region(page, 'When it looked like this before').locator('tbody tr').first().waitFor()
    },
  },
  {
    name: 'signals',
    path: '/signals',
    isPublic: true,
    settle: (page) => page.locator('tbody tr').first().waitFor(),
  },
  {
    name: 'status',
    path: '/status',
    isPublic: true,
    // The server's own count of who hears it comes later than the stream.
    settle: (page) => page.getByText('this one among them').waitFor(),
  },
  { name: 'sign-in', path: '/sign-in', isPublic: true, settle: (page) => page.getByLabel('E-mail address').waitFor() },
  {
    name: 'portfolio',
    path: '/portfolio',
    async settle(page) {
      await region(page, 'Holdings').locator('tbody').first().waitFor()
      await page.locator('[data-feed-link="live"]').waitFor()
    },
  },
  {
    name: 'connect',
    path: '/portfolio/connect/zerodha',
    settle: (page) => page.getByLabel('API key', { exact: true }).waitFor(),
  },
  {
    name: 'journal',
    path: '/journal',
    settle: async (page) => {
      await page.locator('[data-entry]').first().waitFor()
      await page.locator('[data-day]').first().waitFor()
    },
  },
  { name: 'journal-entry', path: '/journal/new', settle: (page) => page.getByRole('form').waitFor() },
  { name: 'account', path: '/account', settle: (page) => region(page, 'Sessions').locator('li').first().waitFor() },
  { name: 'developers', path: '/developers', settle: (page) => page.getByRole('heading', { level: 1 }).waitFor() },
  {
    name: 'palette',
    path: '/',
    isPublic: true,
    async settle(page) {
      await drawn(page)
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').waitFor()
    },
  },
]
