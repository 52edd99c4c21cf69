import { SynapsewaveLoginReply } from '@banyan/contracts'
import Schema from 'typebox/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readReply } from '../../infra/http/testing/raw-socket.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'
import { plantAccount, plantedKey, plantedSecret, plantedUser } from './testing/planted-account.ts'
import { sendKept } from './testing/send-kept.ts'
import { totpCode } from './testing/totp-code.ts'

// The requests the vendor's client was seen to send (synapsewave.md §6.1, §8), to the byte but for what cannot be a constant.

let server: IdentityServer
beforeAll(async () => {
  server = await startIdentityServer()
  await plantAccount(server, 'mypassword123')
})
afterAll(() => server.close())

const keyLine = `x-api-key: ${plantedKey}`

/** Head and body as python-requests writes them. */
function request(method: string, path: string, lines: readonly string[], body = ''): string {
  const head = [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1:8080',
    'User-Agent: python-requests/2.31.0',
    'Accept-Encoding: gzip, deflate',
    'Accept: */*',
    'Connection: keep-alive',
    ...lines,
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

async function ask(method: string, lines: readonly string[], body = '') {
  return readReply(
    await sendKept(server.port, request(method, '/interactive/authentication/v1/user/session', lines, body)),
  )
}

function login(body: string, key: readonly string[] = [keyLine]) {
  return ask('POST', [...key, `Content-Length: ${Buffer.byteLength(body)}`, 'Content-Type: application/json'], body)
}

const v1 =
  '{"user_id": "UCC123456", "login_type": "PASSWORD", "password": "mypassword123", "second_auth": "123456", "api_key": "API-KEY", "source": "WEBAPI"}'
const v2 =
  '{"user_id": "AB1234", "login_type": "PASSWORD", "password": "mypassword123", "second_auth_type": "TOTP", "second_auth": "123456", "api_key": "API-KEY", "source": "WEBAPI"}'
const register =
  '{"user_id": "AB1234", "login_type": "PASSWORD", "password": "mypassword123", "second_auth_type": "REGISTER", "api_key": "API-KEY", "source": "WEBAPI"}'

function v2WithCode(): string {
  server.turn(30_000)
  return v2.replace('123456', totpCode(plantedSecret, server.now()))
}

const both = [
  ['with x-api-key', [keyLine]],
  ['without x-api-key', []],
] as const

describe('the recorded login', () => {
  it.each(both)('V1 without second_auth_type is refused, %s', async (_, key) => {
    expect(Buffer.byteLength(v1)).toBe(146)
    const reply = await login(v1, key)
    expect([reply.status, reply.body]).toEqual([
      400,
      {
        status: 'error',
        code: 'e-101',
        message: 'Login combination not supported: second_auth_type is required (OTP, TOTP, FINGERPRINT or REGISTER)',
        errors: 'e-26',
      },
    ])
    expect(reply.head).toContain('content-type: application/json; charset=utf-8')
  })

  it("V2 with a code that is not valid gets the contract's bytes", async () => {
    expect(Buffer.byteLength(v2)).toBe(171)
    const reply = await sendKept(
      server.port,
      request(
        'POST',
        '/interactive/authentication/v1/user/session',
        [keyLine, 'Content-Length: 171', 'Content-Type: application/json'],
        v2,
      ),
    )
    expect(reply.slice(0, 12)).toBe('HTTP/1.1 400')
    expect(reply.slice(reply.indexOf('\r\n\r\n') + 4)).toBe(
      '{"status":"error","code":"e-101","message":"Incorrect TOTP.","errors":"e-17"}',
    )
  })

  it.each(both)('V2 with a valid code signs in, %s', async (_, key) => {
    const reply = await login(v2WithCode(), key)
    expect([reply.status, reply.body['status'], reply.body['code'], reply.body['message']]).toEqual([
      200,
      'success',
      's-101',
      'User logged in Successfully.',
    ])
    expect(Schema.Check(SynapsewaveLoginReply, reply.body)).toBe(true)
  })

  it("answers with every member of the contract's example, in its order, and the host that was dialled", async () => {
    const { body } = await login(v2WithCode())
    const hex = (digits: number) => expect.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`))
    const jwt = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    const expected = {
      access_token: jwt,
      session_token: hex(32),
      user_name: 'Asha Rao',
      user_status: 1,
      login_time: expect.stringMatching(/^2026-01-05 09:0\d:[03]0$/),
      exchanges: ['NSE_EQ', 'BSE_EQ', 'NSE_FO'],
      bcastExchanges: ['NSE_EQ', 'BSE_EQ', 'NSE_FO'],
      product_types: ['INTRADAY', 'DELIVERY'],
      product_types_exchange: {
        NSE_EQ: ['INTRADAY', 'DELIVERY'],
        BSE_EQ: ['INTRADAY', 'DELIVERY'],
        NSE_FO: ['INTRADAY'],
      },
      mpin_enabled: false,
      fingerprint_enabled: false,
      totp_enabled: true,
      ptnType: 'TOTP_OPT',
      others: {
        userCode: plantedUser,
        groupId: 'HO',
        groupCode: 'HO',
        newsCategories: '',
        messageSocket: 'http://127.0.0.1:8080',
        broadCastSocket: 'ws://127.0.0.1:8080',
        secondBroadCastSocket: [],
        POA: '2',
        nGTDDefault: 7,
        nGTDMaxDays: 30,
        sGTDConfigDetails: '',
        ocToken: expect.stringMatching(/^0x[0-9a-f]{30}$/),
        managerIP: '',
        tslAllowed: [],
        edisForMTF: false,
        showJumpPriceBothLtpAndTriggerPrice: false,
        CFT: '',
        passExpDays: '',
        bAMOAllowedForUser: false,
      },
      user_id: plantedUser,
      alias_id: plantedUser,
      broadcast_access_token: jwt,
    }
    const data = body['data'] as typeof expected
    expect(data).toEqual(expected)
    expect(Object.keys(body)).toEqual(['status', 'code', 'message', 'data'])
    expect(Object.keys(data)).toEqual(Object.keys(expected))
    expect(Object.keys(data.others)).toEqual(Object.keys(expected.others))
  })

  it('is known by its user id in any case', async () => {
    const reply = await login(v2WithCode().replace('AB1234', 'ab1234'))
    expect([reply.status, reply.body['data']]).toEqual([200, expect.objectContaining({ user_id: plantedUser })])
  })

  it('with REGISTER gets a register token and which factors there are', async () => {
    expect(Buffer.byteLength(register)).toBe(150)
    const { status, body } = await login(register)
    expect([status, body['message']]).toEqual([200, 'User logged in Successfully.'])
    expect(JSON.stringify(body['data'])).toMatch(
      /^\{"register_token":"[\w.-]+","ptnType":"TOTP_OPT","mpin_enabled":false,"fingerprint_enabled":false,"totp_enabled":true,"factors":\["TOTP"\],"otp_sent":false,"otp_channel":"email"\}$/,
    )
  })
})

describe('the recorded calls of a session', () => {
  it.each(both)('validate and log out with Content-Length: 0 and no type, %s', async (_, key) => {
    const { access_token } = (await login(v2WithCode())).body['data'] as { access_token: string }
    const lines = [...key, `Authorization: Bearer ${access_token}`, 'Content-Length: 0']
    const told: unknown[] = []
    for (const method of ['PUT', 'DELETE', 'PUT', 'DELETE']) {
      const { status, body } = await ask(method, lines)
      told.push([status, body])
    }
    const dead = { status: 'error', code: 'e-101', message: 'Session is not valid.', errors: 'e-35' }
    expect(told).toEqual([
      [200, { status: 'success', code: 's-101', message: 'Session Verified', data: 'true' }],
      [200, { status: 'success', code: 's-101', message: 'Successfully Logged Out' }],
      [401, dead],
      [401, dead],
    ])
  })
})

describe('the end of a session', () => {
  it.each(['2026-01-05T00:00:00+05:30', '2026-01-05T23:59:59+05:30'])(
    'V3 of one begun %s is 2026-01-06T06:00:00+05:30',
    async (begun) => {
      const own = await startIdentityServer({ now: Date.parse(begun) })
      await plantAccount(own, 'mypassword123')
      const body = v2.replace('123456', totpCode(plantedSecret, own.now()))
      const lines = [`Content-Length: ${body.length}`, 'Content-Type: application/json']
      const path = '/interactive/authentication/v1/user/session'
      const reply = readReply(await sendKept(own.port, request('POST', path, lines, body)))
      const tokens = reply.body['data'] as { access_token: string; broadcast_access_token: string }
      for (const token of [tokens.access_token, tokens.broadcast_access_token]) {
        const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
        expect(claims.exp).toBe(Date.parse('2026-01-06T06:00:00+05:30') / 1000)
      }
      const validate = () =>
        sendKept(own.port, request('PUT', path, [`Authorization: Bearer ${tokens.access_token}`, 'Content-Length: 0']))
      own.turnTo(Date.parse('2026-01-06T05:59:59+05:30'))
      expect(readReply(await validate()).status).toBe(200)
      own.turnTo(Date.parse('2026-01-06T06:00:00+05:30'))
      const over = readReply(await validate())
      expect([over.status, over.body['errors'], over.body['message']]).toEqual([401, 'e-34', 'Session expired.'])
      await own.close()
    },
  )
})
