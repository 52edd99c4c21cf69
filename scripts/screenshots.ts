import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startBanyan, temporaryFolder } from '../acceptance/banyan-process.ts'
import { launchChromium } from '../acceptance/chromium.ts'

// npm run docs:images: pictures of the screen for the README, of a real server in the middle of the replayed day.
const folder = fileURLToPath(new URL('../docs/images/', import.meta.url))
mkdirSync(folder, { recursive: true })
const home = temporaryFolder()
const banyan = await startBanyan({ BANYAN_HOME: home.path, REPLAY_START: '11:30' })
const browser = await launchChromium()
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, height] of [
      [1440, 1000],
      [390, 844],
    ] as const) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme })
      await page.goto(`${banyan.origin}/?i=NSE:RELIANCE&int=day&r=1y`)
      await page.locator('canvas').first().waitFor()
      await page.waitForTimeout(2_500)
      await page.screenshot({ path: `${folder}overview-${colorScheme}-${width}.png`, fullPage: width < 500 })
      await page.close()
    }
  }
} finally {
  await browser.close()
  await banyan.stop('SIGKILL')
  home.remove()
}
