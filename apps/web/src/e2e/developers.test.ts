import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import { card, signIn, startRealServer } from './open-account.ts'
import { desktop, eventually, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of the page for developers are skipped because ${reason}.`)
const { server, open } = startRealServer(skip)
const run = promisify(execFile)

/** Runs what a reader copied in a shell, and returns what it printed. */
const inShell = async (text: string) => (await run('sh', ['-c', text])).stdout

/** Returns the status curl gets for the holdings with that key. */
const statusWith = (key: string) =>
  inShell(`curl -s -o /dev/null -w '%{http_code}' -H 'X-API-Key: ${key}' '${server().origin}/api/portfolio/holdings'`)

async function makeKey(page: Page, name: string, scopes: readonly string[]) {
  const keys = card(page, 'API keys')
  await keys.getByRole('button', { name: 'Make a key' }).click()
  await page.keyboard.type(name)
  for (const scope of scopes) await keys.getByLabel(scope).check()
  await keys.getByLabel('Life').selectOption('90 days')
  await keys.getByRole('button', { name: 'Make the key' }).click()
  return keys.locator('[data-shown-once] code').innerText()
}

const snippet = (page: Page, title: string) =>
  card(page, 'Call this server').getByRole('region', { name: title }).locator('pre')

describe.skipIf(skip)('the page for developers over a real server', () => {
  it('makes a key that is shown once, in the snippet that needs it, and that curl reads the holdings with', async () => {
    const { page, complaints } = await open('/sign-in?to=/developers%3Fapi%3Dstocktrendz')
    await signIn(page, await server().newPerson('Asha'))
    await card(page, 'API keys').getByText('No API key yet.').waitFor()
    await eventually(() => snippet(page, 'Your holdings').innerText()).toContain('YOUR_API_KEY')
    const key = await makeKey(page, 'Screener', ['Read portfolios'])
    expect(key).toMatch(/^bny_[0-9A-Za-z]{32}$/)
    expect(await snippet(page, 'Your trade journal').innerText()).toContain('YOUR_API_KEY') // it may not read that
    const copied = await snippet(page, 'Your holdings').innerText()
    expect(copied).toContain(key)
    expect(JSON.parse(await inShell(copied))).toMatchObject({ holdings: [] })

    await card(page, 'API keys').getByRole('button', { name: 'I have kept it' }).click()
    expect(await page.content()).not.toContain(key)
    await page.reload()
    await card(page, 'API keys')
      .getByText(/^Last used .*, ends /)
      .waitFor()
    await card(page, 'API keys').getByText('read market data, read portfolios').waitFor()
    await card(page, 'API keys').getByRole('button', { name: 'Remove the key Screener' }).click()
    await card(page, 'API keys').getByRole('button', { name: 'Remove for good' }).click()
    await card(page, 'API keys').getByText('No API key yet.').waitFor()
    expect(await statusWith(key)).toBe('401')
    expect(complaints).toEqual([])
  })

  it('copies a snippet whole', async () => {
    const { page } = await open('/developers?api=kotak&lang=python')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy “Open a session”' }).click()
    await eventually(() => page.evaluate<string>('navigator.clipboard.readText()')).toContain('YOUR_CLIENT_CODE')
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain(`${server().origin}/apim/session`)
  })

  it('keeps what is shown in the address, for each API and language', async () => {
    const { page } = await open('/developers')
    await snippet(page, 'Candles').waitFor()
    await page.getByRole('radio', { name: 'The API of Synapsewave' }).click()
    await page.getByRole('radio', { name: 'TypeScript' }).click()
    await eventually(() => page.url()).toBe(`${server().origin}/developers?api=synapsewave&lang=typescript`)
    expect(await snippet(page, 'Open a session').innerText()).toContain('new SynapsewaveSession')
    await page.reload()
    await eventually(() => snippet(page, 'Open a session').innerText()).toContain('new SynapsewaveSession')
  })

  it('shows a visitor how to call, asks nothing about an account, and leads to the sign-in and back', async () => {
    const { page } = await open('/')
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(`${server().origin}/developers`)
    await snippet(page, 'Candles').waitFor()
    await page.locator('[data-signed-out]').getByRole('link', { name: 'Sign in' }).waitFor()
    expect(asked.filter((path) => /^\/api\/(auth|keys|applications)/.test(path))).toEqual([])
    await page.locator('[data-signed-out]').getByRole('link', { name: 'Sign in' }).click()
    await signIn(page, await server().newPerson('Bela'))
    await card(page, 'API keys').getByText('No API key yet.').waitFor()
    expect(page.url()).toBe(`${server().origin}/developers`)
  })

  it('is reached from the account, the footer and the palette, and leads to the documentation', async () => {
    const { page } = await open('/sign-in?to=/account')
    await signIn(page, await server().newPerson('Chitra'))
    const title = page.getByRole('heading', { name: 'Developers', level: 1 })
    await card(page, 'Programs').getByRole('link').click()
    await title.waitFor()
    await page.goto(`${server().origin}/signals`)
    await page.getByRole('contentinfo').getByRole('link', { name: 'Developers' }).click()
    await title.waitFor()
    await page.goto(`${server().origin}/signals`)
    await page.getByRole('heading', { name: 'Signals', exact: true }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).waitFor()
    await page.keyboard.type('develop')
    await page.keyboard.press('Enter')
    await title.waitFor()
    const links = await card(page, 'Documentation').getByRole('link').all()
    const paths = await Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''))
    expect(paths).toEqual(['/docs', '/openapi.json', '/.well-known/jwks.json', '/api/health'])
    const statuses = await Promise.all(paths.map(async (path) => (await fetch(server().origin + path)).status))
    expect(statuses).toEqual([200, 200, 200, 200])
  })

  it('makes an application, a further token, and switches it off and on', async () => {
    const { page } = await open('/sign-in?to=/developers%3Fapi%3Dkotak')
    await signIn(page, await server().newPerson('Devi'))
    const applications = card(page, 'Applications')
    await applications.getByRole('button', { name: 'Make an application' }).click()
    await page.keyboard.type('Desk')
    await page.keyboard.press('Enter')
    const secrets = () => applications.locator('[data-shown-once] dt').allInnerTexts()
    await eventually(secrets).toEqual(['Consumer key', 'Consumer secret', 'Access token'])
    const minted = await inShell(await snippet(page, 'Make an access token').innerText())
    expect(JSON.parse(minted)).toMatchObject({ token_type: 'Bearer' })
    await applications.getByRole('button', { name: 'I have kept it' }).click()
    expect(await snippet(page, 'Make an access token').innerText()).toContain('YOUR_CONSUMER_SECRET')

    await applications.getByRole('button', { name: 'New token of the application Desk' }).click()
    await applications.getByRole('button', { name: 'Make the token' }).click()
    await eventually(secrets).toEqual(['Access token'])
    await applications.getByRole('button', { name: 'I have kept it' }).click()
    await applications.getByText('3 live tokens').waitFor()
    await applications.getByRole('button', { name: 'Access code of the application Desk' }).click()
    await applications.getByRole('button', { name: 'Do without the code' }).click()
    await applications.getByText('Your own Kotak sign-ins through it need no access code').waitFor()

    await applications.getByRole('button', { name: 'Switch off' }).click()
    await applications.getByText('Desk (switched off)').waitFor()
    await applications.getByRole('button', { name: 'Switch on' }).click()
    await applications.getByText('Desk', { exact: true }).waitFor()
    await applications.getByRole('button', { name: 'Remove the application Desk' }).click()
    await applications.getByRole('button', { name: 'Remove for good' }).click()
    await applications.getByText('No application yet.').waitFor()
  })

  it('says of a part that could not be had why, beside the parts that could', async () => {
    const { page } = await open('/sign-in?to=/developers')
    await page.route('**/api/keys', (route) => route.abort())
    await signIn(page, await server().newPerson('Esha'))
    const failed = card(page, 'API keys').getByRole('alert')
    await failed.getByText('The server cannot be reached.').waitFor()
    await card(page, 'Applications').getByText('No application yet.').waitFor()
    await page.unroute('**/api/keys')
    await failed.getByRole('button', { name: 'Try again' }).click()
    await card(page, 'API keys').getByText('No API key yet.').waitFor()
    expect(await failed.count()).toBe(0)
  })

  for (const [size, context] of Object.entries({ desktop, phone }))
    for (const colorScheme of ['light', 'dark'] as const)
      it(`has no axe violation on a ${size} in ${colorScheme}, for a visitor and with everything open`, async () => {
        const { page } = await open('/developers', { ...context, colorScheme })
        await snippet(page, 'Live prices').waitFor()
        expect(await axeViolations(page)).toEqual([])
        await page.locator('[data-signed-out]').getByRole('link', { name: 'Sign in' }).click()
        await signIn(page, await server().newPerson('Farah'))
        await makeKey(page, 'Screener', ['Read portfolios', 'Read the journal'])
        await page.getByRole('button', { name: 'Make an application' }).click()
        await page.keyboard.type('Desk')
        await page.keyboard.press('Enter')
        await card(page, 'Applications').locator('[data-shown-once]').waitFor()
        await page.getByRole('radio', { name: 'The API of StockTrendz' }).click()
        for (const name of [
          'New token of the application Desk',
          'Access code of the application Desk',
          'Remove the key Screener',
        ])
          await page.getByRole('button', { name }).click()
        expect(await axeViolations(page)).toEqual([])
        expect(await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)')).toBe(0)
      })
})
