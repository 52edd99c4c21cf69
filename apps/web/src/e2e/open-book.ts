import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { launchChromium } from '../../../../acceptance/chromium.ts'
import { startBookServer } from './book-server.ts'
import { desktop } from './open-page.ts'

const folder = fileURLToPath(new URL('../../dist', import.meta.url))

interface OpenOptions {
  readonly count?: number
  readonly path?: string
  readonly context?: BrowserContextOptions
  readonly trend?: Parameters<typeof startBookServer>[0]['trend']
}

/** Gives a test file one browser, and each test the pages of somebody who owns and watches `count` invented shares. */
export function createBookOpener(skip: boolean) {
  const cleanUps: (() => Promise<void> | void)[] = []
  let browser: Browser | undefined
  beforeAll(async () => {
    if (!skip) browser = await launchChromium()
  })
  afterAll(() => browser?.close())
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  })

  /** Opens a page whose prices are live. */
  return async function openBook(options: OpenOptions = {}) {
    if (!browser) throw new Error('The browser has not started.')
    const { count = 6, path = '/portfolio', context = desktop, trend = [] } = options
    const server = await startBookServer({ folder, count, trend, now: () => performance.now() })
    cleanUps.push(() => server.close())
    const own = await browser.newContext(context)
    cleanUps.push(() => own.close())
    await own.addInitScript("localStorage.setItem('banyan.signed-in', 'yes')")
    const openPage = async () => {
      const page = await own.newPage()
      page.setDefaultTimeout(15_000)
      await page.goto(server.url + path)
      await page.locator('[data-feed-link="live"]').waitFor({ timeout: 50_000 }) // hundreds of rows on a busy machine
      return page
    }
    return { server, page: await openPage(), openPage }
  }
}

interface Mutations {
  /** What the attribute says of the rows in which something changed. */
  readonly rows: string[]
  readonly texts: number
  /** How many elements came or went. */
  readonly nodes: number
}

/** Watches what changes in the table whose rows have that attribute. */
export async function watchMutations(page: Page, attribute: string): Promise<() => Promise<Mutations>> {
  await page.evaluate(`
    window.seen = { rows: [], texts: 0, nodes: 0 }
    new MutationObserver((mutations) => {
      for (const { type, target, addedNodes, removedNodes } of mutations) {
        const row = (target.parentElement ?? target).closest('[${attribute}]')?.getAttribute('${attribute}') ?? undefined
        if (row !== undefined && !seen.rows.includes(row)) seen.rows.push(row)
        if (row !== undefined && type === 'characterData') seen.texts += 1
        if (row !== undefined) seen.nodes += addedNodes.length + removedNodes.length
      }
    }).observe(document.querySelector('[${attribute}]').closest('table'), {
      subtree: true, characterData: true, childList: true, attributes: true,
    })
  `)
  return () => page.evaluate('window.seen')
}
