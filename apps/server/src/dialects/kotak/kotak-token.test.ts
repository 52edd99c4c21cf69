import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KotakWorld, startKotakWorld } from './testing/kotak-world.ts'

const badKey = {
  code: 900901,
  message: 'Invalid Credentials',
  description: 'The bearer token or the consumer key is missing, unknown, expired or revoked.',
}

describe('bearers of an application', () => {
  let world: KotakWorld
  beforeAll(async () => {
    world = await startKotakWorld()
  })
  afterAll(() => world.close())

  it('case 20: are minted for key and secret, Basic or bare', async () => {
    const person = await world.createPerson()
    for (const authorization of [person.keyAndSecret, `Basic ${person.keyAndSecret}`, `basic ${person.keyAndSecret}`]) {
      const reply = await person.token({ grant_type: 'client_credentials' }, authorization)
      expect(reply.status).toBe(200)
      const { access_token: bearer } = reply.body as { access_token: string }
      expect(bearer).toMatch(/^[0-9a-f]{32}$/)
      expect(reply.text).toBe(`{"access_token":"${bearer}","scope":"default","token_type":"Bearer","expires_in":86400}`)
      expect((await person.init({ authorization: `Bearer ${bearer}` })).status).toBe(200)
    }
  })

  it('V3: are minted for the form of the newer client, whose other fields say None', async () => {
    const person = await world.createPerson()
    const body = 'grant_type=client_credentials&username=None&password=None&refresh_token=None'
    expect(body).toHaveLength(76)
    expect((await person.form('/apim/token', body)).status).toBe(200)
    const type = 'application/x-www-form-urlencoded; charset=UTF-8'
    expect((await person.form('/apim/token', body, { 'content-type': type })).status).toBe(200)
  })

  it('live 86,400 seconds, and of more than five the oldest goes', async () => {
    const person = await world.createPerson()
    const bearers: string[] = []
    for (let i = 0; i < 6; i++) {
      const reply = await person.token({ grant_type: 'client_credentials' })
      bearers.push(`Bearer ${(reply.body as { access_token: string }).access_token}`)
      world.turn(1_000)
    }
    const statuses = await Promise.all(
      bearers.map(async (authorization) => (await person.init({ authorization })).status),
    )
    expect(statuses).toEqual([401, 200, 200, 200, 200, 200])
    expect((await person.init()).status).toBe(200)
    world.turn(86_400_000 - 2_000)
    expect((await person.init({ authorization: bearers[5] })).status).toBe(200)
    world.turn(2_000)
    expect((await person.init({ authorization: bearers[5] })).fault?.code).toBe(900901)
  })

  it('case 20: are refused to a wrong or missing key or secret and to a disabled application', async () => {
    const [person, disabled] = [await world.createPerson(), await world.createPerson()]
    await disabled.changeApplication({ isEnabled: false })
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const refused = [
      base64(`${person.consumerKey}:wrong`),
      base64(`nobody:${person.consumerSecret}`),
      base64(`${person.consumerKey}`),
      base64(`${person.consumerKey}:`),
      base64(`:${person.consumerSecret}`),
      base64(`${person.consumerKey}:${person.consumerSecret}:`),
      `Bearer ${person.accessToken}`,
      'Basic',
      'Basic !!!!',
      '',
      disabled.keyAndSecret,
    ]
    for (const authorization of refused) {
      for (const reply of [
        await person.token({ grant_type: 'client_credentials' }, authorization),
        await person.revoke({ token: person.accessToken }, authorization),
      ]) {
        expect([authorization, reply.status]).toEqual([authorization, 401])
        expect(reply.body).toEqual({
          error: 'invalid_client',
          error_description: 'The consumer key or secret is missing or wrong, or the application is off.',
          fault: badKey,
        })
        expect(reply.headers['www-authenticate']).toBe('Bearer')
      }
    }
    expect((await person.init()).status).toBe(200)
  })

  it('case 20: are refused for another, repeated or missing grant, but only to who showed the secret', async () => {
    const person = await world.createPerson()
    const cases = [
      ['grant_type=password', 'unsupported_grant_type', 'must be client_credentials'],
      ['grant_type=CLIENT_CREDENTIALS', 'unsupported_grant_type', 'must be client_credentials'],
      [
        'grant_type=client_credentials&grant_type=client_credentials',
        'unsupported_grant_type',
        'must be client_credentials',
      ],
      ['grant_type=', 'invalid_request', 'is required'],
      ['username=None', 'invalid_request', 'is required'],
      ['', 'invalid_request', 'is required'],
    ] as const
    for (const [body, error, reason] of cases) {
      const description = `grant_type: ${reason}`
      const reply = await person.form('/apim/token', body)
      expect([body, reply.status]).toEqual([body, 400])
      expect(reply.text).toBe(
        JSON.stringify({
          error,
          error_description: description,
          fault: { code: 100000, message: 'Invalid input', description },
        }),
      )
      const stranger = await person.form('/apim/token', body, { authorization: 'bm90aGluZw==' })
      expect(stranger.status).toBe(401)
    }
  })

  it('take forms of at most 8 KiB and nothing else', async () => {
    const person = await world.createPerson()
    const body = 'grant_type=client_credentials'
    const json = await person.form('/apim/token', '{"grant_type":"client_credentials"}', {
      'content-type': 'application/json',
    })
    expect([json.status, json.fault?.description]).toEqual([
      415,
      'Content-Type: Send the body as application/x-www-form-urlencoded.',
    ])
    expect((await person.form('/apim/token', body, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await person.form('/apim/token', `${body}&x=${'x'.repeat(8_192 - 32)}`)).status).toBe(200)
    expect((await person.form('/apim/token', `${body}&x=${'x'.repeat(8_192 - 31)}`)).status).toBe(413)
    expect((await person.form('/apim/revoke', '{}', { 'content-type': 'application/json' })).status).toBe(415)
    expect((await person.form('/apim/token', `${body}&%zz=%ff`)).status).toBe(200)
  })

  it('case 21: end when revoked; the reply is the same for a dead, a foreign and an unknown one', async () => {
    const [person, other] = [await world.createPerson(), await world.createPerson()]
    const minted = (await person.token({ grant_type: 'client_credentials' })).body as { access_token: string }
    const authorization = `Bearer ${minted.access_token}`
    expect((await person.init({ authorization })).status).toBe(200)
    for (const token of [minted.access_token, minted.access_token, 'unknown', other.accessToken, 'x'.repeat(2_000)]) {
      const reply = await person.form('/apim/revoke', `token=${token}&token_type_hint=access_token`)
      expect([reply.status, reply.text]).toEqual([200, '{}'])
    }
    expect((await person.init({ authorization })).fault).toEqual(badKey)
    expect((await other.init()).status).toBe(200)
  })

  it('take their sessions out of use, not away: another bearer of the application goes on with them', async () => {
    const person = await world.createPerson()
    const { sessionToken } = await person.signIn()
    await person.revoke({ token: person.accessToken })
    expect((await person.logout(sessionToken)).fault?.code).toBe(900901)
    const minted = (await person.token({ grant_type: 'client_credentials' })).body as { access_token: string }
    expect((await person.logout(sessionToken, { authorization: `Bearer ${minted.access_token}` })).status).toBe(200)
  })

  it('are asked for by a form that names the token exactly once', async () => {
    const person = await world.createPerson()
    for (const [body, reason] of [
      ['', 'is required'],
      ['token=', 'is required'],
      ['token_type_hint=access_token', 'is required'],
      ['token=a&token=b', 'must be given once'],
    ]) {
      const description = `token: ${reason}`
      const reply = await person.form('/apim/revoke', body ?? '')
      expect(reply.status).toBe(400)
      expect(reply.body).toEqual({
        error: 'invalid_request',
        error_description: description,
        fault: { code: 100000, message: 'Invalid input', description },
      })
    }
  })
})
