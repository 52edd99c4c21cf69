import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { CDPSession } from 'playwright-core'
import { findChromium, launchChromium } from '../acceptance/chromium.ts'
import { startBookServer } from '../apps/web/src/e2e/book-server.ts'
import type { Figure } from './report.ts'

const built = fileURLToPath(new URL('../apps/web/dist', import.meta.url))
const rows = 500
const updatesPerS = 50

interface Load {
  /** Processor time as a share of one core, in per cent: of the page's main thread, and of the whole process that renders it. */
  readonly mainThread: number
  readonly renderer: number
}

/**
 * Measures what a portfolio of 500 shares costs the browser while prices come, one event of one share each 20 ms, beside the same page while
 * none comes. The server is a fake one with the built app in `folder`; its own time is not counted.
 */
export async function benchWeb(seconds: number, folder = built): Promise<readonly Figure[]> {
  if (findChromium() === null) {
    console.warn('The portfolio in a browser is not measured: there is no Chromium here.')
    return []
  }
  const server = await startBookServer({ folder, count: rows, now: () => performance.now() })
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript("localStorage.setItem('banyan.signed-in', 'yes')")
    await page.goto(`${server.url}/portfolio`)
    await page.locator('[data-feed-link="live"]').waitFor()
    await page
      .locator('[data-group]')
      .nth(rows - 1)
      .waitFor()
    const [ofPage, ofBrowser] = [await page.context().newCDPSession(page), await browser.newBrowserCDPSession()]
    await ofPage.send('Performance.enable')
    const measure = (work: () => Promise<void>) => measureLoad(ofPage, ofBrowser, work)
    await sleep(2_000)
    const still = await measure(() => sleep(seconds * 1_000))
    const busy = await measure(() => sendTicks(server, seconds))
    return [
      figure('main thread', busy.mainThread, still.mainThread),
      figure('process of the page', busy.renderer, still.renderer),
    ]
  } finally {
    await browser.close()
    server.close()
  }
}

function figure(what: string, busy: number, still: number): Figure {
  return {
    what: `portfolio of ${rows} rows at ${updatesPerS} updates/s, ${what}, % of a core`,
    ours: busy.toFixed(1),
    peer: `${still.toFixed(1)} without updates`,
    ratio: '',
    target: '< 30',
    meets: busy < 30,
  }
}

/** One share after the other, each at another price than before. */
async function sendTicks({ shares, tick }: Awaited<ReturnType<typeof startBookServer>>, seconds: number) {
  const start = performance.now()
  for (let sent = 0; sent < seconds * updatesPerS; sent += 1) {
    const share = shares[(sent * 7) % shares.length]
    if (share) tick({ [share.symbol]: Math.round((share.close + 1 + (sent % 200) / 20) * 100) / 100 }, sent)
    await sleep(Math.max(0, start + ((sent + 1) * 1_000) / updatesPerS - performance.now()))
  }
}

async function measureLoad(ofPage: CDPSession, ofBrowser: CDPSession, work: () => Promise<void>): Promise<Load> {
  const read = async () => ({ at: performance.now() / 1_000, ...(await readTimes(ofPage, ofBrowser)) })
  const before = await read()
  await work()
  const after = await read()
  const share = (name: 'threadS' | 'processS') => ((after[name] - before[name]) / (after.at - before.at)) * 100
  return { mainThread: share('threadS'), renderer: share('processS') }
}

/** Seconds of processor time of the main thread, and of all renderers: the browser has one page. */
async function readTimes(ofPage: CDPSession, ofBrowser: CDPSession) {
  const { metrics } = await ofPage.send('Performance.getMetrics')
  const { processInfo } = await ofBrowser.send('SystemInfo.getProcessInfo')
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  return {
    threadS: metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN,
    processS: renderers.reduce((sum, { cpuTime }) => sum + cpuTime, 0),
  }
}
