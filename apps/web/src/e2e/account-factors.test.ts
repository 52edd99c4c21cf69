import { SynapsewaveSession } from '@banyan/client'
import { afterAll, describe, expect, it } from 'vitest'
import { mailedCode } from '../../../../acceptance/identity/mailbox.ts'
import { printedToken } from '../../../../acceptance/identity/printed-token.ts'
import { authenticatorCode } from './authenticator.ts'
import { card, goodPassword, signIn, startRealServer } from './open-account.ts'
import { eventually, reasonToSkip } from './open-page.ts'
import { signedInClient } from './signed-in-client.ts'
import { startSsoIssuer } from './sso-issuer.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of the account’s factors are skipped because ${reason}.`)
const issuer = await startSsoIssuer()
afterAll(() => issuer.close())
const { server, open } = startRealServer(skip, () => Promise.resolve({ SSO_ISSUERS: issuer.setting }))

async function openAccount(name: string) {
  const email = await server().newPerson(name)
  const { page, complaints } = await open('/sign-in?to=/account')
  await signIn(page, email)
  await card(page, 'Profile').getByText(email).waitFor()
  return { email, page, complaints }
}

/** Has a program register a device with a mailed code, as a phone would. */
async function registerDevice(email: string) {
  const client = await signedInClient(server().origin, email)
  const { client_code: userId } = await client.me()
  const { consumer_key: apiKey } = await client.applications.create({ name: 'Phone' })
  const session = new SynapsewaveSession({ userId, apiKey, baseUrl: `${server().origin}/interactive` })
  await session.sendMpinOtp()
  const otp = await server().mailbox.next(email, mailedCode)
  await session.setFingerprint({ tenantId: 'banyan', groupId: 'HO', udid: 'A1B2C3D4E5F6', otp })
}

describe.skipIf(skip)('the factors of the account page over a real server', () => {
  it('set an MPIN, say why a bad one is none, change it, and remove it with the password', async () => {
    const { page, email, complaints } = await openAccount('Asha')
    const mpin = card(page, 'MPIN')
    await mpin.getByRole('button', { name: 'Set an MPIN' }).click()
    await page.keyboard.type('1234')
    await page.keyboard.press('Enter')
    await eventually(() => mpin.getByLabel('New MPIN', { exact: true }).getAttribute('aria-invalid')).toBe('true')
    await mpin.getByLabel('New MPIN', { exact: true }).fill('482910')
    await page.keyboard.press('Enter')
    await mpin.getByText('Set. Five wrong ones').waitFor()
    await mpin.getByRole('button', { name: 'Change the MPIN' }).click()
    await page.keyboard.type('739164')
    await page.keyboard.press('Enter')
    await eventually(() => card(page, 'What happened').getByText('MPIN set').count()).toBe(2)
    await mpin.getByRole('button', { name: 'Remove the MPIN' }).click()
    await page.keyboard.type('wrong horse')
    await page.keyboard.press('Enter')
    await eventually(() => mpin.getByLabel('Password', { exact: true }).getAttribute('aria-invalid')).toBe('true')
    await mpin.getByLabel('Password', { exact: true }).fill(goodPassword)
    await page.keyboard.press('Enter')
    await mpin.getByText('Not set.').waitFor()
    const client = await signedInClient(server().origin, email)
    expect((await client.factors.list()).mpin.enabled).toBe(false)
    expect(complaints).toEqual([])
  })

  it('list a device that a code registered, trust it with the password, and remove it', async () => {
    const { page, email } = await openAccount('Bela')
    await card(page, 'Registered devices').getByText('No device is registered.').waitFor()
    await registerDevice(email)
    await page.reload()
    const devices = card(page, 'Registered devices')
    await devices.getByText('Not trusted: it opens nothing').waitFor()
    await devices.getByRole('button', { name: /^Trust the device/ }).click()
    await page.keyboard.type(goodPassword)
    await page.keyboard.press('Enter')
    await devices.getByText('Trusted', { exact: true }).waitFor()
    expect(await devices.getByRole('button', { name: /^Trust the device/ }).count()).toBe(0)
    await devices.getByRole('button', { name: /^Remove the device/ }).click()
    await devices.getByRole('button', { name: 'Remove it' }).click()
    await devices.getByText('No device is registered.').waitFor()
  })

  it('link an identity with a token of a trusted issuer, refuse another, and unlink it', async () => {
    const { page } = await openAccount('Chitra')
    const sso = card(page, 'Single sign-on')
    await sso.getByRole('button', { name: 'Link an identity' }).click()
    await sso.getByLabel('Token').fill('no.token.at-all')
    await sso.getByLabel('Password', { exact: true }).fill(goodPassword)
    await page.keyboard.press('Enter')
    await sso.getByRole('alert').waitFor()
    expect(await sso.getByText('No identity is linked.').count()).toBe(1)
    await sso.getByLabel('Token').fill(issuer.signed('chitra@office'))
    await sso.getByRole('button', { name: 'Link it' }).click()
    await sso.getByText(issuer.issuer).waitFor()
    await sso.getByRole('button', { name: 'Unlink the identity chitra@office' }).click()
    await page.keyboard.type(goodPassword)
    await page.keyboard.press('Enter')
    await sso.getByText('No identity is linked.').waitFor()
  })

  it('change the e-mail address with the code mailed to the new one, and not with another', async () => {
    const { page, email } = await openAccount('Devi')
    const profile = card(page, 'Profile')
    await profile.getByRole('button', { name: 'Change the e-mail address' }).click()
    await profile.getByLabel('New e-mail address').fill('devi@new.example')
    await profile.getByLabel('Password', { exact: true }).fill(goodPassword)
    await page.keyboard.press('Enter')
    const code = profile.getByLabel('Code of the mail')
    const mailed = await server().mailbox.next('devi@new.example', mailedCode)
    await code.fill(mailed === '000000' ? '000001' : '000000')
    await page.keyboard.press('Enter')
    await eventually(() => code.getAttribute('aria-invalid')).toBe('true')
    expect(await profile.getByText(email).count()).toBe(1)
    await code.fill(mailed)
    await page.keyboard.press('Enter')
    await profile.getByRole('definition').filter({ hasText: 'devi@new.example' }).waitFor()
    await page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.goto(`${server().origin}/sign-in?to=/account`)
    await signIn(page, 'devi@new.example')
    await card(page, 'Profile').getByText('devi@new.example').waitFor()
  })

  it('say where codes go, refuse texts the server cannot send, and let codes count beside the authenticator', async () => {
    const { page, email } = await openAccount('Esha')
    const client = await signedInClient(server().origin, email)
    const { secret } = await client.totp.enrol(goodPassword)
    await client.totp.confirm(authenticatorCode(secret, Date.now()))
    await page.reload()
    const codes = card(page, 'Codes for one sign-in')
    await codes.getByText('Only the authenticator counts there.').waitFor()
    await codes.getByRole('button', { name: 'Change where codes go' }).click()
    await codes.getByLabel('Codes go', { exact: true }).selectOption('By text to the mobile')
    await codes.getByLabel('They count although').check()
    await codes.getByLabel('Password', { exact: true }).fill(goodPassword)
    await page.keyboard.press('Enter')
    await codes.getByText('Codes go sms needs a mobile number on the account.').waitFor()
    await codes.getByLabel('Codes go', { exact: true }).selectOption('By mail')
    await codes.getByRole('button', { name: 'Save' }).click()
    await codes.getByText('They count as a second factor beside the authenticator.').waitFor()
    expect((await client.me()).otp_beside_totp).toBe(true)
  })

  it('replace the recovery codes, shown once', async () => {
    const { page, email } = await openAccount('Farah')
    const client = await signedInClient(server().origin, email)
    const { secret } = await client.totp.enrol(goodPassword)
    const former = await client.totp.confirm(authenticatorCode(secret, Date.now()))
    await page.reload()
    const authenticator = card(page, 'Authenticator')
    await authenticator.getByRole('button', { name: 'New recovery codes' }).click()
    await authenticator.getByLabel('Password', { exact: true }).fill(goodPassword)
    await authenticator.getByLabel('Code', { exact: true }).fill(former.recovery_codes[0] ?? '')
    await page.keyboard.press('Enter')
    const shown = authenticator.locator('[data-shown-once] li')
    await eventually(() => shown.count()).toBe(10)
    expect((await shown.allInnerTexts()).filter((one) => former.recovery_codes.includes(one))).toEqual([])
  })

  it('let the owner invite somebody who only looks, and who is offered no change of theirs', async () => {
    const token = await printedToken(server().output)
    const { page } = await open(`/bootstrap#token=${token}`)
    await page.getByLabel('E-mail address').fill('owner@example.com')
    await page.getByLabel('Password', { exact: true }).fill(goodPassword)
    await page.getByRole('button', { name: 'Become the owner' }).click()
    await page.getByRole('button', { name: 'Account of owner@example.com' }).waitFor()
    await page.goto(`${server().origin}/account`)
    const invitations = card(page, 'Invitations')
    await invitations.getByRole('button', { name: 'Invite somebody' }).click()
    await invitations.getByLabel('Role').selectOption('Read-only')
    await invitations.getByRole('button', { name: 'Make the invitation' }).click()
    const link = await invitations.locator('[data-shown-once] code').innerText()

    const { page: theirs } = await open(link.slice(server().origin.length))
    await theirs.getByLabel('E-mail address').fill('looks@example.com')
    await theirs.getByLabel('Password', { exact: true }).fill(goodPassword)
    await theirs.getByRole('button', { name: 'Make the account' }).click()
    await card(theirs, 'Profile').getByText('Read-only: changes nothing').waitFor()
    expect(await theirs.getByRole('button', { name: /e-mail address|where codes go|Delete the account/ }).count()).toBe(
      0,
    )
    expect(await theirs.getByRole('region', { name: 'Invitations' }).count()).toBe(0)
    await theirs.goto(`${server().origin}/developers`)
    await card(theirs, 'API keys').getByText('No API key yet.').waitFor()
    expect(await theirs.getByRole('button', { name: /^Make a/ }).count()).toBe(0)
  })
})
