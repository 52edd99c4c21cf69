import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { launchChromium } from '../acceptance/chromium.ts'
import { type Scene, startScene } from './screenshots/scene.ts'
import { type Screen, screens } from './screenshots/screens.ts'

// npm run docs:images [-- name …]: pictures of every screen, of a real server in the middle of the replayed day with brokers of the sandbox.
const folder = fileURLToPath(new URL('../docs/images/', import.meta.url))
const sizes = [
  { width: 1440, height: 1000 },
  { width: 390, height: 844 },
] as const
/** From here down a screen is a phone's, with fingers on it. */
const phoneWidth = 500

interface Look {
  readonly colorScheme: 'light' | 'dark'
  readonly viewport: (typeof sizes)[number]
}

const looks: readonly Look[] = (['light', 'dark'] as const).flatMap((colorScheme) =>
  sizes.map((viewport) => ({ colorScheme, viewport })),
)

async function main(names: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const wanted = names.length === 0 ? screens : screens.filter(({ name }) => names.includes(name))
  const scene = await startScene()
  const browser = await launchChromium()
  try {
    const session = await signInOnce(browser, scene)
    for (const look of looks) for (const screen of wanted) await picture(browser, scene, { screen, look, session })
  } finally {
    await browser.close()
    await scene.close()
  }
}

type Session = NonNullable<BrowserContextOptions['storageState']>

async function signInOnce(browser: Browser, { origin, email, password }: Scene): Promise<Session> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${origin}/sign-in?to=/account`)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor()
  const session = await context.storageState()
  await context.close()
  return session
}

interface Picture {
  readonly screen: Screen
  readonly look: Look
  readonly session: Session
}

async function picture(browser: Browser, { origin }: Scene, { screen, look, session }: Picture): Promise<void> {
  const isPhone = look.viewport.width <= phoneWidth
  const context = await browser.newContext({
    ...look,
    isMobile: isPhone,
    hasTouch: isPhone,
    ...(screen.isPublic ? {} : { storageState: session }),
  })
  const page = await context.newPage()
  await page.goto(origin + screen.path)
  await screen.settle(page)
  await page.evaluate('document.fonts.ready')
  const name = `${screen.name}-${look.colorScheme}-${look.viewport.width}.png`
  await page.screenshot({ path: folder + name, animations: 'disabled' })
  process.stdout.write(`${name}\n`)
  await context.close()
}

await main(process.argv.slice(2))
