import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** The root user of a container has no sandbox to give; the rest keeps the browser from calling its maker. */
const quietly = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Returns where a Chromium of the system is, or null. Nothing is downloaded. */
export function findChromium(): string | null {
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ?? null
}

/** Starts the system's Chromium without a window; throws a sentence when there is none. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('Chromium is needed: install the package chromium of your system.')
  return chromium.launch({ executablePath, args: quietly })
}
