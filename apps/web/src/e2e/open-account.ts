import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { type BanyanProcess, freePort, startBanyan, temporaryFolder } from '../../../../acceptance/banyan-process.ts'
import { launchChromium } from '../../../../acceptance/chromium.ts'
import { createMailbox, type Mailbox } from '../../../../acceptance/identity/mailbox.ts'
import { desktop } from './open-page.ts'

export const goodPassword = 'correct horse battery 9'

/** A first start imports the bundled market, which a busy machine takes long for. */
const startMs = 180_000

type RealServer = ReturnType<typeof describeServer>

/** Starts what the server needs beside it and returns the settings that lead there; `folder` is the server's own. */
type Prepare = (at: { readonly url: string; readonly folder: string }) => Promise<Readonly<Record<string, string>>>

/**
 * Gives a test file one real server, with accounts and an outbox of its own, and one browser. Passwords are hashed cheaply: how hard they
 * are to guess is not what is tested. The page is opened by the name of this machine, since passkeys know no numeric address.
 */
export function startRealServer(skip: boolean, prepare: Prepare = () => Promise.resolve({})) {
  const home = temporaryFolder()
  const cleanUps: (() => Promise<void>)[] = []
  let banyan: BanyanProcess | undefined
  let browser: Browser | undefined
  let server: RealServer | undefined

  beforeAll(async () => {
    if (skip) return
    const port = String(await freePort())
    const settings = {
      ...(await prepare({ url: `http://localhost:${port}`, folder: home.path })),
      BANYAN_HOME: home.path,
      PORT: port,
      REPLAY_START: '11:30',
      RATE_LIMIT: 'off',
      ARGON2_MEMORY_KIB: '19456',
      ARGON2_PASSES: '2',
    }
    banyan = await startBanyan(settings, startMs)
    server = describeServer(banyan, `http://localhost:${port}`)
    browser = await launchChromium()
  }, startMs + 30_000)
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  })
  afterAll(async () => {
    await browser?.close()
    await banyan?.stop('SIGKILL')
    home.remove()
  })

  return {
    server: () => server ?? fail(),
    /** Opens a page of a browser of its own; `complaints` are what it said of broken policies and errors, failed calls left out. */
    async open(path: string, context: BrowserContextOptions = desktop) {
      const own = await (browser ?? fail()).newContext(context)
      cleanUps.push(() => own.close())
      const page = await own.newPage()
      page.setDefaultTimeout(15_000) // less than a test's, so that a failure names the step
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto((server ?? fail()).origin + path)
      return { page, complaints }
    },
  }
}

function fail(): never {
  throw new Error('The server has not started.')
}

function describeServer(banyan: BanyanProcess, origin: string) {
  let people = 0
  const mailbox: Mailbox = createMailbox(banyan.origin)
  return {
    origin,
    output: () => banyan.output(),
    stop: () => banyan.stop(),
    mailbox,
    /** Makes a fresh account without a page and returns its address; its password is {@link goodPassword}. */
    async newPerson(name: string): Promise<string> {
      people += 1
      const email = `person${people}@example.com`
      await post(`${banyan.origin}/api/auth/register`, { email, password: goodPassword, name })
      return email
    },
  }
}

async function post(url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
}

/** Fills in the sign-in page. */
export async function signIn(page: Page, email: string, password = goodPassword): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Returns the card of the account page with that title. */
export const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })
