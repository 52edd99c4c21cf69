import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { findChromium, launchChromium } from '../acceptance/chromium.ts'
import { startFakeServer } from '../apps/web/src/e2e/fake-server.ts'
import { replayOpen } from '../apps/web/src/e2e/invented-market.ts'
import type { Figure } from './report.ts'

const built = fileURLToPath(new URL('../apps/web/dist', import.meta.url))
const rows = 5_000
const pxPerFrame = 60
/** Of a screen that draws 60 times a second, two frames: a gap that long is seen. */
const seenMs = 34

/**
 * Scrolls through thousands of signals, of which only those in sight exist, a fixed way each frame, beside a page of the same height that holds
 * nothing: how many frames came so late that one sees it.
 */
export async function benchScroll(frames: number): Promise<readonly Figure[]> {
  if (findChromium() === null) {
    console.warn('Scrolling is not measured: there is no Chromium here.')
    return []
  }
  const scene = { ...replayOpen, signals: rows }
  const server = await startFakeServer({ folder: built, scene, now: () => performance.now() })
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${server.url}/signals`)
    await page.locator('[data-signal]').first().waitFor()
    await page.waitForTimeout(3_000)
    const ours = await lateFrames(page, frames)
    await page.evaluate(`document.body.innerHTML = '<div style="height:' + ${rows} * 40 + 'px"></div>'`)
    const empty = await lateFrames(page, frames)
    return [
      {
        what: `scrolling ${rows} signals, frames over ${seenMs} ms, of 100`,
        ours: ours.toFixed(1),
        peer: `${empty.toFixed(1)} on an empty page`,
        ratio: '',
        target: '< 5',
        meets: ours < 5,
      },
    ]
  } finally {
    await browser.close()
    server.close()
  }
}

/** Returns of 100 frames how many came late while the page moved by `pxPerFrame` in each. */
async function lateFrames(page: Page, frames: number): Promise<number> {
  const late = await page.evaluate<number>(`new Promise((done) => {
    scrollTo(0, 0)
    let [late, seen, before] = [0, 0, performance.now()]
    const step = (now) => {
      if (now - before > ${seenMs}) late += 1
      before = now
      seen += 1
      if (seen > ${frames}) return done(late)
      scrollBy(0, ${pxPerFrame})
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  })`)
  return (late / frames) * 100
}
