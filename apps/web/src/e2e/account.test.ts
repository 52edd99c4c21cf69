import { describe, expect, it } from 'vitest'
import { printedToken } from '../../../../acceptance/identity/printed-token.ts'
import { authenticatorCode } from './authenticator.ts'
import { card, goodPassword, signIn, startRealServer } from './open-account.ts'
import { eventually, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of the account pages are skipped because ${reason}.`)
const { server, open } = startRealServer(skip)

describe.skipIf(skip)('the account pages over a real server', () => {
  it('make the owner with the printed link, whose token leaves the address at once', async () => {
    const token = await printedToken(server().output)
    const { page, complaints } = await open(`/bootstrap#token=${token}`)
    await page.getByText('The token came with the link.').waitFor()
    expect(page.url()).toBe(`${server().origin}/bootstrap`)
    await page.getByLabel('E-mail address').fill('owner@example.com')
    await page.getByLabel('Name (optional)').fill('Asha')
    await page.getByLabel('Password', { exact: true }).fill('password')
    await page.getByRole('button', { name: 'Become the owner' }).click()
    await page.getByText('Password is too common').waitFor()
    expect(await page.evaluate('document.activeElement.name')).toBe('password')
    await page.getByLabel('Password', { exact: true }).fill(goodPassword)
    await page.keyboard.press('Enter')
    await page.getByText('This server is yours now.').waitFor()
    await page.goto(`${server().origin}/account`)
    await card(page, 'Profile').getByText('Owner: also lets others in').waitFor()
    await page.getByRole('button', { name: 'Account of Asha' }).waitFor()
    await card(page, 'What happened').getByText('Account made').waitFor()
    expect(complaints).toEqual([])
  })

  it('lead from a page to the sign-in and back, and say of a wrong password neither which nor more', async () => {
    const email = await server().newPerson('Bela')
    const { page } = await open('/?i=NSE:TCS&int=week')
    await page.getByRole('link', { name: 'Sign in' }).click()
    await signIn(page, email, 'wrong horse')
    const alert = page.getByRole('alert').filter({ hasText: 'The e-mail address or the password is wrong.' })
    await alert.waitFor()
    await signIn(page, 'nobody@example.com', 'wrong horse')
    await alert.waitFor()
    await signIn(page, email)
    await page.getByRole('button', { name: 'Account of Bela' }).waitFor()
    expect(page.url()).toBe(`${server().origin}/?i=NSE:TCS&int=week`)
  })

  it('set up an authenticator with its QR code and ask for it, or a recovery code, from then on', async () => {
    const email = await server().newPerson('Chitra')
    const { page, complaints } = await open('/account')
    await signIn(page, email)
    const authenticator = card(page, 'Authenticator')
    await authenticator.getByRole('button', { name: 'Set up an authenticator' }).click()
    await page.keyboard.type(goodPassword)
    await page.keyboard.press('Enter')
    await authenticator.getByRole('img', { name: 'QR code for the authenticator' }).waitFor()
    const secret = await authenticator.locator('[data-totp-secret]').innerText()
    await page.keyboard.type(authenticatorCode(secret, Date.now() - 30_000))
    await page.keyboard.press('Enter')
    await authenticator.locator('[data-shown-once]').waitFor()
    const codes = await authenticator.locator('[data-shown-once] li').allInnerTexts()
    expect(codes.filter((code) => /^[0-9a-z]{10}$/.test(code))).toHaveLength(10)
    expect(await authenticator.getByLabel('Password', { exact: true }).count()).toBe(0) // nothing else is open beside them
    await authenticator.getByRole('button', { name: 'I have kept it' }).click()
    await authenticator.getByText('On. 10 recovery codes are left.').waitFor()

    await page.getByRole('button', { name: 'Account of Chitra' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await signIn(page, email)
    const digits = page.getByLabel('Code of the authenticator')
    await digits.fill('000000')
    await page.keyboard.press('Enter')
    await page.getByText('The code is wrong or was used before.').waitFor()
    expect(await digits.getAttribute('aria-invalid')).toBe('true')
    await digits.fill(authenticatorCode(secret, Date.now()))
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Account of Chitra' }).waitFor()

    const elsewhere = await open('/sign-in?to=/account')
    await signIn(elsewhere.page, email)
    await elsewhere.page.getByRole('button', { name: 'Use a recovery code' }).click()
    await elsewhere.page.getByLabel('Recovery code').fill(codes[3] ?? '')
    await elsewhere.page.keyboard.press('Enter')
    await card(elsewhere.page, 'Authenticator').getByText('On. 9 recovery codes are left.').waitFor()
    expect([...complaints, ...elsewhere.complaints]).toEqual([])
  })

  it('set a new password with the link of the mail, and give the server’s reason beside a bad one', async () => {
    const email = await server().newPerson('Devi')
    const { page } = await open('/sign-in')
    await page.getByRole('link', { name: 'Forgot the password?' }).click()
    await page.getByRole('heading', { name: 'Forgot the password' }).waitFor()
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('button', { name: 'Mail a link' }).click()
    await page.getByText('If the address is registered, a link is on its way.').waitFor()
    const link = await server().mailbox.next(email, /(http:\S+\/reset#token=\S+)/)
    await page.goto(link)
    const field = page.getByLabel('New password', { exact: true })
    await field.fill('short')
    expect(page.url()).toBe(`${server().origin}/reset`)
    await page.keyboard.press('Enter')
    await page.getByText('New password must have 8 to 256 characters.').waitFor()
    await field.fill('a quite different horse')
    await page.keyboard.press('Enter')
    await page.getByText('Password changed. Please sign in.').waitFor()
    await page.evaluate(`location.href = ${JSON.stringify(link)}`) // once more, in the open page
    await eventually(() => page.url()).toBe(`${server().origin}/reset`)
    await field.fill('yet another horse 12')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'The link is not valid any more.' }).waitFor()
    await page.goto(`${server().origin}/sign-in?to=/account`)
    await signIn(page, email, 'a quite different horse')
    await card(page, 'Profile').getByText(email).waitFor()
  })

  it('take a passkey and sign in with it alone', async () => {
    const email = await server().newPerson('Gita')
    const { page, complaints } = await open('/sign-in?to=/account')
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    })
    await signIn(page, email)
    const passkeys = card(page, 'Passkeys')
    await passkeys.getByRole('button', { name: 'Add a passkey' }).click()
    await passkeys.getByLabel('Name').fill('This laptop')
    await passkeys.getByLabel('Password', { exact: true }).fill(goodPassword)
    await page.keyboard.press('Enter')
    await passkeys.getByText('This laptop').waitFor()
    await page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('button', { name: 'Account of Gita' }).waitFor()
    await page.goto(`${server().origin}/account`)
    await passkeys.getByRole('button', { name: 'Remove the passkey This laptop' }).click()
    await page.keyboard.type(goodPassword)
    await page.keyboard.press('Enter')
    await passkeys.getByText('No passkey yet.').waitFor()
    expect(complaints).toEqual([])
  })

  it('end another session, whose page is then led to the sign-in', async () => {
    const email = await server().newPerson('Hema')
    const [here, there] = [await open('/sign-in?to=/account'), await open('/sign-in?to=/account')]
    await signIn(there.page, email)
    await card(there.page, 'Sessions').getByText('This one').waitFor()
    await signIn(here.page, email)
    await card(here.page, 'Sessions').getByRole('button', { name: 'End all others' }).click()
    await eventually(() => card(here.page, 'Sessions').getByRole('listitem').count()).toBe(1)
    await card(there.page, 'MPIN').getByRole('button', { name: 'Set an MPIN' }).click()
    await there.page.keyboard.type('482910')
    await there.page.keyboard.press('Enter')
    await eventually(() => there.page.url()).toBe(`${server().origin}/sign-in?to=/account`)
    expect(await there.page.getByRole('link', { name: 'Sign in' }).isVisible()).toBe(true)
  })

  it('sign out everywhere, here and in every other browser', async () => {
    const email = await server().newPerson('Hari')
    const [here, there] = [await open('/sign-in?to=/account'), await open('/sign-in?to=/account')]
    await signIn(there.page, email)
    await card(there.page, 'Sessions').getByText('This one').waitFor()
    await signIn(here.page, email)
    const sessions = card(here.page, 'Sessions')
    await sessions.getByRole('button', { name: 'Sign out everywhere' }).click()
    await sessions.getByRole('form').getByRole('button', { name: 'Sign out everywhere' }).click()
    await here.page.getByRole('link', { name: 'Sign in' }).waitFor()
    expect(here.page.url()).toBe(`${server().origin}/`)
    await there.page.reload()
    await eventually(() => there.page.url()).toBe(`${server().origin}/sign-in?to=/account`)
  })

  it('say how long to wait after too many wrong passwords', async () => {
    const email = await server().newPerson('Indu')
    const { page } = await open('/sign-in')
    const wait = page.getByRole('alert').filter({ hasText: /Too many failed attempts\. .*Try again in \d+ minutes\./ })
    for (let tries = 0; tries < 6; tries++) {
      const answered = page.waitForResponse((response) => response.url().endsWith('/api/auth/login'))
      await signIn(page, email, `wrong horse ${tries}`)
      await answered
    }
    await wait.waitFor()
    expect(await page.getByRole('button', { name: /^Sign in in \d+ minutes$/ }).count()).toBe(0)
    const button = page.locator('form').first().getByRole('button', { name: 'Sign in', exact: true })
    expect(await button.getAttribute('aria-disabled')).toBe('true')
  })

  it('sign out everywhere in this browser, and delete the account only after its address was typed', async () => {
    const email = await server().newPerson('Jaya')
    const { page } = await open('/sign-in?to=/account')
    await signIn(page, email)
    const second = await page.context().newPage()
    await second.goto(`${server().origin}/account`)
    await card(second, 'Profile').getByText(email).waitFor()
    await page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
    await eventually(() => second.url()).toBe(`${server().origin}/sign-in?to=/account`)

    await signIn(second, email)
    const data = card(second, 'Your data')
    const saved = second.waitForEvent('download')
    await data.getByRole('button', { name: 'Export everything' }).click()
    expect((await saved).suggestedFilename()).toBe('banyan-account.json')
    await data.getByRole('button', { name: 'Delete the account' }).click()
    await data.getByLabel('Password', { exact: true }).fill(goodPassword)
    await data.getByLabel('E-mail address of the account').fill('somebody@example.com')
    await second.keyboard.press('Enter')
    await data.getByRole('alert').waitFor()
    await data.getByLabel('E-mail address of the account').fill(email)
    await second.keyboard.press('Enter')
    await eventually(() => second.url()).toBe(`${server().origin}/`)
    await second.goto(`${server().origin}/sign-in`)
    await signIn(second, email)
    await second.getByRole('alert').filter({ hasText: 'is wrong' }).waitFor()
  })

  it('say of a part that could not be had why, beside the parts that could, and try again', async () => {
    const { page } = await open('/sign-in?to=/account')
    // By itself the page would ask for it again in five minutes.
    const wait = { status: 429, headers: { 'retry-after': '300' }, json: { code: 'rate_limited', message: 'Wait.' } }
    await page.route('**/api/index/snapshot', (route) => route.fulfill(wait))
    await page.reload()
    await page.route('**/api/auth/factors', (route) => route.abort())
    await signIn(page, await server().newPerson('Leela'))
    const failed = card(page, 'MPIN').getByRole('alert')
    await failed.getByText('The server cannot be reached.').waitFor()
    await card(page, 'Programs').getByText('No API key.').waitFor()
    expect(await page.locator('[data-market-state="open"]').count()).toBe(0)
    await page.unroute('**/api/auth/factors')
    await page.unroute('**/api/index/snapshot')
    await failed.getByRole('button', { name: 'Try again' }).click()
    await card(page, 'MPIN').getByText('Not set.').waitFor()
    expect(await failed.count()).toBe(0)
    await page.locator('[data-market-state="open"]').waitFor()
  })

  it('ask nobody who they are: a visitor’s page makes no call about an account', async () => {
    const { page } = await open('/')
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.reload()
    await page.locator('[data-index="NSE:NIFTY 50"]').waitFor()
    expect(asked.filter((path) => path.startsWith('/api/auth') || path.includes('account-page'))).toEqual([])
    expect(asked).toContain('/api/index/snapshot')
  })
})
