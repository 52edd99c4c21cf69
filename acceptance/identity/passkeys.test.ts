import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BanyanProcess, freePort, startBanyan, temporaryFolder } from '../banyan-process.ts'
import { findChromium, launchChromium } from '../chromium.ts'
import { goodPassword } from './people.ts'

const skip = process.env['CI'] === undefined && findChromium() === null
if (skip) console.warn('The passkey test is skipped: it needs Chromium.')

interface Asked {
  readonly status: number
  readonly body: { readonly code?: string } & Readonly<Record<string, unknown>>
}

/** Options of a WebAuthn exchange and the ticket that names it. */
interface Exchange {
  readonly options: object
  readonly ticket: string
}

/** What the authenticator of Chromium keeps of a passkey. */
interface Credential {
  readonly credentialId: string
  readonly signCount: number
}

const email = 'passkeys@example.com'
const factors = '/api/auth/factors/passkeys'
const login = '/api/auth/login/passkey'

describe.skipIf(skip)('a passkey in a real browser', () => {
  const home = temporaryFolder()
  let banyan: BanyanProcess
  let browser: Browser
  let page: Page
  let cdp: CDPSession
  let authenticatorId: string
  let elsewhere: Server
  let origin: string

  beforeAll(async () => {
    const port = String(await freePort())
    origin = `http://localhost:${port}`
    const settings = { ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2', REPLAY_START: '15:45', REPLAY_LOOP: 'off' }
    banyan = await startBanyan({
      BANYAN_HOME: home.path,
      PORT: port,
      PUBLIC_URL: origin,
      RATE_LIMIT: 'off',
      ...settings,
    })
    elsewhere = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end('<p>elsewhere'),
    )
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    browser = await launchChromium()
    // The page that is asked from is a reply of the API, whose policy lets pages do nothing.
    page = await (await browser.newContext({ bypassCSP: true })).newPage()
    await page.goto(`${origin}/livez`)
    cdp = await page.context().newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const options = {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
    } as const
    const added = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
    })
    authenticatorId = added.authenticatorId
    await ask('POST', '/api/auth/register', { email, password: goodPassword })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await banyan?.stop('SIGKILL')
    elsewhere?.close()
    home.remove()
  })

  /** Asks from within the page, with its cookies and its origin. */
  const ask = (method: string, path: string, json?: object): Promise<Asked> =>
    page.evaluate(
      async ([how, where, body]) => {
        const headers = { 'content-type': 'application/json' }
        const response = await fetch(where, { method: how, ...(body === null ? {} : { headers, body }) })
        return { status: response.status, body: (await response.json()) as Asked['body'] }
      },
      [method, path, json === undefined ? null : JSON.stringify(json)] as const,
    )

  const exchange = async (path: string, json: object): Promise<Exchange> => {
    const { status, body } = await ask('POST', `${path}/options`, json)
    expect(status).toBe(200)
    return body as unknown as Exchange
  }

  /** Has the authenticator make a passkey as the options say. */
  const create = (options: object) =>
    inPage(
      `navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(given) })`,
      options,
    )

  /** Has the authenticator answer a challenge as the options say. */
  const get = (options: object) =>
    inPage(`navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(given) })`, options)

  /** Runs an expression about `given` in the page, which gives a credential. It is text: what a browser knows, Node's types do not. */
  const inPage = (expression: string, given: object): Promise<object> =>
    page.evaluate(`(async (given) => (await ${expression}).toJSON())(${JSON.stringify(given)})`)

  const refused = (code: string) => ({ status: 401, body: { code } })
  const challengeOf = async () => {
    const { status, body } = await ask('POST', '/api/auth/login', { email, password: goodPassword })
    expect({ status, factors: body['factors'] }).toEqual({ status: 401, factors: ['passkey'] })
    return String(body['challenge'])
  }

  it('is made with the password, once per exchange, and then is asked for', async () => {
    expect(await ask('POST', `${factors}/options`, { password: 'wrong password' })).toMatchObject({
      status: 403,
      body: { code: 'wrong_password' },
    })
    const { options, ticket } = await exchange(factors, { password: goodPassword })
    const response = await create(options)
    const other = await exchange(factors, { password: goodPassword })
    expect(await ask('POST', factors, { ticket: other.ticket, name: 'Laptop', response })).toMatchObject(
      refused('invalid_passkey'),
    )
    expect(await ask('POST', factors, { ticket, name: 'Laptop', response })).toMatchObject({
      status: 201,
      body: { name: 'Laptop' },
    })
    expect(await ask('POST', factors, { ticket, name: 'Laptop', response })).toMatchObject(refused('challenge_expired'))
    expect((await ask('GET', '/api/auth/factors')).body['passkeys']).toHaveLength(1)
  })

  it('opens the account as second factor after the password', async () => {
    const challenge = await challengeOf()
    const { options, ticket } = await exchange(login, { challenge })
    const response = await get(options)
    expect(await ask('POST', login, { ticket, challenge, response })).toMatchObject({ status: 200, body: { email } })
    expect(await ask('POST', login, { ticket, challenge, response })).toMatchObject(refused('challenge_expired'))
    expect((await ask('GET', '/api/auth/me')).body['email']).toBe(email)
  })

  it('opens the account alone', async () => {
    await ask('POST', '/api/auth/logout')
    expect((await ask('GET', '/api/auth/me')).status).toBe(401)
    const { options, ticket } = await exchange(login, {})
    expect(await ask('POST', login, { ticket, response: await get(options) })).toMatchObject({ status: 200 })
    expect((await ask('GET', '/api/auth/me')).body['email']).toBe(email)
  })

  it('opens nothing with an answer that was used, under a new ticket too', async () => {
    const first = await exchange(login, {})
    const response = await get(first.options)
    expect(await ask('POST', login, { ticket: first.ticket, response })).toMatchObject({ status: 200 })
    expect(await ask('POST', login, { ticket: first.ticket, response })).toMatchObject(refused('challenge_expired'))
    const second = await exchange(login, {})
    expect(await ask('POST', login, { ticket: second.ticket, response })).toMatchObject(refused('invalid_passkey'))
  })

  it('opens nothing with a ticket of another sign-in, of another purpose, or invented', async () => {
    const challenge = await challengeOf()
    const [alone, bound] = [await exchange(login, {}), await exchange(login, { challenge })]
    const making = await exchange(factors, { password: goodPassword })
    const response = await get(bound.options)
    for (const ticket of [alone.ticket, making.ticket, 'x'.repeat(43)])
      expect(await ask('POST', login, { ticket, challenge, response })).toMatchObject(refused('challenge_expired'))
    expect(await ask('POST', login, { ticket: bound.ticket, response })).toMatchObject(refused('challenge_expired'))
    const another = { email: 'another@example.com', password: goodPassword }
    expect((await ask('POST', '/api/auth/register', another)).status).toBe(201)
    const theirs = await exchange(factors, { password: goodPassword })
    await ask('POST', '/api/auth/logout')
    const mine = await exchange(login, {})
    await ask('POST', login, { ticket: mine.ticket, response: await get(mine.options) })
    const made = { ticket: theirs.ticket, name: 'Laptop', response }
    expect(await ask('POST', factors, made)).toMatchObject(refused('challenge_expired'))
  })

  it('opens nothing with an answer given to a page of another origin of the same name', async () => {
    const { options, ticket } = await exchange(login, {})
    await page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`)
    const response = await get(options)
    await page.goto(`${origin}/livez`)
    expect(await ask('POST', login, { ticket, response })).toMatchObject(refused('invalid_passkey'))
  })

  it('opens nothing without the person, or with a counter that fell', async () => {
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    const unseen = await exchange(login, {})
    const lenient = { ...unseen.options, userVerification: 'discouraged' }
    const response = await get(lenient)
    expect(await ask('POST', login, { ticket: unseen.ticket, response })).toMatchObject(refused('invalid_passkey'))
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })

    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId })
    const [credential] = credentials as (Credential & (typeof credentials)[number])[]
    expect(credential?.signCount).toBeGreaterThan(2)
    if (credential === undefined) return
    const copied = { ...credential, signCount: 0 }
    await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential.credentialId })
    await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: copied })
    const copy = await exchange(login, {})
    expect(await ask('POST', login, { ticket: copy.ticket, response: await get(copy.options) })).toMatchObject(
      refused('invalid_passkey'),
    )
  })

  it('opens nothing after it was removed', async () => {
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId })
    expect(credentials).toHaveLength(1)
    const passkeys = (await ask('GET', '/api/auth/factors')).body['passkeys'] as readonly { id: string }[]
    expect((await ask('DELETE', `${factors}/${passkeys[0]?.id}`, { password: goodPassword })).status).toBe(200)
    const { options, ticket } = await exchange(login, {})
    expect(await ask('POST', login, { ticket, response: await get(options) })).toMatchObject(refused('invalid_passkey'))
    expect((await ask('POST', '/api/auth/login', { email, password: goodPassword })).status).toBe(200)
  })
})
