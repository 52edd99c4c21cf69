import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { findChromium, launchChromium } from '../../../../acceptance/chromium.ts'
import { startFakeServer } from './fake-server.ts'
import { replayOpen } from './invented-market.ts'
import type { Scene } from './invented-prices.ts'

const folder = fileURLToPath(new URL('../../dist', import.meta.url))

export const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } }
export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

export type FakeServer = Awaited<ReturnType<typeof startFakeServer>>

interface OpenOptions {
  readonly scene?: Scene
  readonly context?: BrowserContextOptions
  readonly before?: (server: FakeServer) => void
}

/**
 * Returns why browser tests cannot run here, null when they can. Under CI it is always null: what is missing there must
 * fail and not be skipped.
 */
export function reasonToSkip(isCi: boolean): string | null {
  if (isCi) return null
  if (findChromium() === null) return 'there is no Chromium here'
  return existsSync(`${folder}/index.html`) ? null : 'the web app is not built'
}

/**
 * Gives a test file one browser, and each test pages of its own over an invented market of its own. `open` returns the
 * page, its server, and what the browser complained about so far, CSP violations among it.
 */
export function createPageOpener(skip: boolean) {
  const cleanUps: (() => Promise<void> | void)[] = []
  let browser: Browser | undefined

  beforeAll(async () => {
    if (skip) return
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  })

  return async function open(path = '/', options: OpenOptions = {}) {
    if (!browser) throw new Error('The browser has not started.')
    const server = await startFakeServer({ folder, scene: options.scene ?? replayOpen, now: () => performance.now() })
    cleanUps.push(() => server.close())
    options.before?.(server)
    const context = await browser.newContext(options.context ?? desktop)
    cleanUps.push(() => context.close())
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${server.url}${path}`)
    return { server, page, complaints }
  }
}

/** The machine may be busy: how long something takes is not what is tested. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 })

export const chart = (page: Page) => page.locator('[data-chart]')

/** A share stands on the market map too: who means its row says so. */
export const movers = (page: Page) => page.getByRole('region', { name: 'Movers' })
