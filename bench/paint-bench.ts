import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { findChromium, launchChromium } from '../acceptance/chromium.ts'
import { startFakeServer } from '../apps/web/src/e2e/fake-server.ts'
import { replayOpen } from '../apps/web/src/e2e/invented-market.ts'
import type { Figure } from './report.ts'
import { median } from './statistics.ts'

const built = fileURLToPath(new URL('../apps/web/dist', import.meta.url))
const slowdown = 4
const targetMs = 1_000
/** A new window of Chromium 156 loads its own menus for a second or two, on the same processor. */
const settleMs = 2_500

/** Measures when the largest part of the first screen is painted, in a browser that has seen nothing yet, with a processor four times slower. */
export async function benchPaint(loads: number): Promise<readonly Figure[]> {
  if (findChromium() === null) {
    console.warn('The first paint is not measured: there is no Chromium here.')
    return []
  }
  const server = await startFakeServer({ folder: built, scene: replayOpen, now: () => performance.now() })
  const browser = await launchChromium()
  try {
    const [slow, full]: [number[], number[]] = [[], []]
    for (let i = 0; i < loads; i++) {
      full.push(await paintMs(browser, server.url, 1))
      slow.push(await paintMs(browser, server.url, slowdown))
    }
    const ours = median(slow)
    return [
      {
        what: `first screen, largest paint with a processor ${slowdown} times slower, ms`,
        ours: ours.toFixed(0),
        peer: `${median(full).toFixed(0)} at full speed`,
        ratio: '',
        target: `< ${targetMs}`,
        meets: ours < targetMs,
      },
    ]
  } finally {
    await browser.close()
    server.close()
  }
}

async function paintMs(browser: Browser, url: string, rate: number): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate })
    await page.waitForTimeout(settleMs)
    await page.goto(url)
    await page.locator('canvas').first().waitFor()
    // The browser may still find something larger; what it found last counts.
    await page.waitForTimeout(1_000)
    return await page.evaluate<number>(
      "new Promise((told) => new PerformanceObserver((list) => told(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }))",
    )
  } finally {
    await context.close()
  }
}
