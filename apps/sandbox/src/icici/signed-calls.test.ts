import { createHash } from 'node:crypto'
import { istMidnight, parseTimestamp } from '@banyan/domain'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../index.ts'
import { createCallAllowance } from './call-allowance.ts'
import { digestOf, isSigned } from './signature.ts'
import { type BreezeClient, createBreezeClient, secret, start, startStill } from './testing/breeze-client.ts'

let sandbox: Sandbox
let client: BreezeClient
beforeAll(async () => {
  sandbox = await startStill()
  client = createBreezeClient(sandbox)
})
afterAll(() => sandbox.close())
afterEach(async () => {
  await sandbox.control.clearFaults()
  sandbox.control.clock.set(start)
  sandbox.control.clock.advance(60_000)
})

const badChecksum = { status: 401, envelope: { Success: null, Status: 5, Error: 'Invalid Checksum' } }

describe('the signature', () => {
  it.each([
    ['{"exchange_code":"NSE"}', '03d73b008761c990b8417ca1773c02a6896eab0d31966a06a07db9d7fccacd7e'],
    ['{}', 'b59b9646343a85b3f4d4a0c16d53552b911f6902100263be9b9f114e0060115f'],
  ])('BZ-1 of %s is as measured', (body, digest) => {
    expect(digestOf('2026-01-05T10:00:00.000Z', Buffer.from(body), 'SECRET')).toBe(digest)
  })

  it('is over the bytes as they came, whatever they are', () => {
    const now = parseTimestamp('2026-01-05T10:00:00Z') ?? 0
    const timestamp = '2026-01-05T10:00:00.000Z'
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), fc.string(), (bytes, otherBytes, apiSecret) => {
        const hash = createHash('sha256').update(timestamp).update(bytes).update(apiSecret).digest('hex')
        const headers = { 'x-timestamp': timestamp, 'x-checksum': `token ${hash}` }
        expect(isSigned(headers, Buffer.from(bytes), apiSecret, now)).toBe(true)
        const isSame = Buffer.compare(bytes, otherBytes) === 0
        expect(isSigned(headers, Buffer.from(otherBytes), apiSecret, now)).toBe(isSame)
        expect(isSigned({ ...headers, 'x-checksum': hash }, Buffer.from(bytes), apiSecret, now)).toBe(false)
      }),
    )
  })

  it('is refused over another body, even one that means the same', async () => {
    const token = await client.open()
    const spaced = { body: '{"exchange_code": "NSE"}' }
    expect(await client.call('portfolioholdings', { exchange_code: 'NSE' }, token, spaced)).toEqual(badChecksum)
    expect((await client.call('portfolioholdings', { exchange_code: 'NSE' }, token)).status).toBe(200)
  })

  it('is refused with another secret and without headers', async () => {
    const token = await client.open()
    const thief = createBreezeClient(sandbox, undefined, `${secret}x`)
    expect(await thief.call('dematholdings', {}, token)).toEqual(badChecksum)
    for (const name of ['x-timestamp', 'x-checksum'])
      expect(await client.call('dematholdings', {}, token, { headers: { [name]: '' } })).toEqual(badChecksum)
  })

  it('holds up to 60 s from the vendor’s clock, either way', async () => {
    const token = await client.open()
    const now = sandbox.control.clock.now()
    for (const offset of [60_000, -60_000])
      expect((await client.call('dematholdings', {}, token, { at: now + offset })).status).toBe(200)
    for (const offset of [61_000, -61_000])
      expect(await client.call('dematholdings', {}, token, { at: now + offset })).toEqual(badChecksum)
  })

  it('is over {} where nothing is asked; no body at all is refused', async () => {
    const token = await client.open()
    const timestamp = `${new Date(sandbox.control.clock.now()).toISOString().slice(0, 19)}.000Z`
    const checksum = `token ${createHash('sha256').update(`${timestamp}${secret}`).digest('hex')}`
    const reply = await client.call('dematholdings', {}, token, { body: '', headers: { 'x-checksum': checksum } })
    expect(reply.envelope).toEqual({ Success: null, Status: 500, Error: 'Request Object is Invalid' })
  })
})

describe('the limits', () => {
  const perMinute = {
    status: 401,
    envelope: { Success: null, Status: 5, Error: 'Limit exceed: API call per minute:Try after some time' },
  }

  it('let 100 calls a minute pass over all operations, and say so with a 401', async () => {
    const token = await client.open()
    sandbox.control.clock.advance(60_000)
    const replies = []
    for (let i = 0; i < 50; i++) {
      replies.push(await client.call('dematholdings', {}, token), await client.history({}, token))
    }
    expect(replies.filter(({ envelope }) => envelope.Error?.includes('Limit'))).toEqual([])
    expect(await client.call('quotes', {}, token)).toEqual(perMinute)
    expect(await client.history({}, token)).toEqual(perMinute)
    expect(await client.customerDetails('x')).toEqual(perMinute)
    sandbox.control.clock.advance(60_000)
    expect((await client.call('dematholdings', {}, token)).status).toBe(200)
  })

  it('count keys and users', async () => {
    const other = createBreezeClient(sandbox, 'other', 'other-secret')
    const [token, otherToken] = [await client.open('BANYAN01'), await other.open('BANYAN02')]
    sandbox.control.clock.advance(60_000)
    for (let i = 0; i < 100; i++) await client.call('dematholdings', {}, token)
    expect(await client.call('dematholdings', {}, token)).toEqual(perMinute)
    expect((await other.call('dematholdings', {}, otherToken)).status).toBe(200)
    const sameUser = await other.open('BANYAN01')
    expect(await other.call('dematholdings', {}, sameUser)).toEqual(perMinute)
  })

  it('let 5,000 calls a day pass, and say so with a 401', async () => {
    const { clock } = sandbox.control
    const headers = { apikey: 'busy', 'x-sessiontoken': 'none' }
    const call = async () => {
      const reply = await fetch(`${sandbox.urls.icici}/api/v2/historicalcharts`, { headers })
      return ((await reply.json()) as { Error: string }).Error
    }
    const errors = new Set<string>()
    for (let minute = 0; minute < 50; minute++) {
      clock.advance(60_000)
      for (const error of await Promise.all(Array.from({ length: 100 }, call))) errors.add(error)
    }
    expect(errors).toEqual(new Set(['Invalid session']))
    clock.advance(60_000)
    expect(await call()).toBe('Limit exceed: API call per day: ')
    clock.set(istMidnight('2026-03-12'))
    expect(await call()).toBe('Invalid session')
  })

  it('count days by the date in India, and no call that was refused', () => {
    const allowance = createCallAllowance()
    const at = (minute: number, date = '2026-03-11') => ({ elapsedMs: minute * 60_000, date })
    const taken = Array.from({ length: 5_000 }, (_, i) => allowance.take(['key a'], at(Math.floor(i / 100))))
    expect(taken.filter((limit) => limit !== null)).toEqual([])
    expect(allowance.take(['key a'], at(60))).toBe('day')
    expect(allowance.take(['key b'], at(60))).toBeNull()
    expect(allowance.take(['key a', 'key b'], at(60))).toBe('day')
    expect(allowance.take(['key a'], at(60, '2026-03-12'))).toBeNull()
  })

  it('never let more than 100 calls pass in any 60 s', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 150, maxLength: 400 }), (pauses) => {
        const allowance = createCallAllowance()
        let elapsedMs = 0
        const passed = pauses.flatMap((pause) => {
          elapsedMs += pause
          return allowance.take(['key'], { elapsedMs, date: '2026-03-11' }) === null ? [elapsedMs] : []
        })
        for (const [i, time] of passed.entries())
          expect(time - (passed[i - 100] ?? -1e9)).toBeGreaterThanOrEqual(60_000)
      }),
    )
  })
})

describe('faults of the vendor', () => {
  it('rate_limit refuses as often as it was set to', async () => {
    const token = await client.open()
    sandbox.control.setFault('icici', { fault: 'rate_limit', count: 2 })
    const errors = []
    for (let i = 0; i < 3; i++) errors.push((await client.call('dematholdings', {}, token)).envelope.Error)
    const text = 'Limit exceed: API call per minute:Try after some time'
    expect(errors).toEqual([text, text, null])
  })

  it('expire_session ends the sessions there are, revoke the next that calls', async () => {
    const [first, second] = [await client.open(), await client.open()]
    sandbox.control.setFault('icici', { fault: 'revoke' })
    const statusOf = async (token: string) => (await client.call('dematholdings', {}, token)).status
    expect([await statusOf(first), await statusOf(first), await statusOf(second)]).toEqual([401, 401, 200])
    sandbox.control.setFault('icici', { fault: 'expire_session' })
    expect(await statusOf(second)).toBe(401)
    expect(await statusOf(await client.open())).toBe(200)
  })

  it('stale keeps prices where they were', async () => {
    const token = await client.open()
    const quote = async () =>
      (await client.call('quotes', { stock_code: 'RELIND', exchange_code: 'NSE' }, token)).envelope
    const before = await quote()
    sandbox.control.setFault('icici', { fault: 'stale' })
    sandbox.control.clock.advance(3_600_000)
    expect(await quote()).toEqual(before)
    await sandbox.control.clearFaults()
    expect(await quote()).not.toEqual(before)
  })

  it('a ticker’s are refused', () => {
    expect(() => sandbox.control.setFault('icici', { fault: 'ticker_403' })).toThrow('icici has no fault ticker_403')
  })

  it('status, partial and echo_secret are answered in the vendor’s shape', async () => {
    const token = await client.open()
    const reply = () => client.call('dematholdings', {}, token)
    sandbox.control.setFault('icici', { fault: 'status:503' })
    expect(await reply()).toEqual({
      status: 503,
      envelope: { Success: null, Status: 500, Error: 'We are not able to process your request' },
    })
    sandbox.control.setFault('icici', { fault: 'status:401:Session key is expired' })
    expect((await reply()).envelope).toEqual({ Success: null, Status: 5, Error: 'Session key is expired' })
    sandbox.control.setFault('icici', { fault: 'partial:dematholdings' })
    expect((await reply()).status).toBe(500)
    expect((await client.call('portfoliopositions', {}, token)).status).toBe(200)
    await sandbox.control.clearFaults()
    sandbox.control.setFault('icici', { fault: 'echo_secret' })
    expect((await reply()).envelope.Error).toContain(secret)
  })
})

it('UP-4 the log of calls holds no key, secret, code or token', async () => {
  sandbox.control.clearLog()
  const code = await client.signIn()
  const { envelope } = await client.customerDetails(code)
  const { session_token: token } = envelope.Success as { session_token: string }
  await client.call('dematholdings', {}, token)
  await client.history({}, token)
  const log = JSON.stringify(sandbox.control.log('icici'))
  expect(sandbox.control.log('icici').map(({ operation }) => operation)).toEqual([
    'login',
    'customerdetails',
    'dematholdings',
    'historicalcharts',
  ])
  for (const text of ['demo+key', 'demo%2Bkey', secret, code, token]) expect(log).not.toContain(text)
})

it('SB-3 gives the same bytes for the same seed and clock', async () => {
  const read = async (seed: number) => {
    const twin = await startStill({ seed, clockStart: istMidnight('2026-03-11') + 12 * 3_600_000 })
    try {
      const own = createBreezeClient(twin)
      const token = await own.open()
      const replies = [
        await own.call('portfolioholdings', { exchange_code: 'NSE' }, token),
        await own.call('quotes', { stock_code: 'INFTEC', exchange_code: 'NSE' }, token),
      ]
      return JSON.stringify([token, replies])
    } finally {
      await twin.close()
    }
  }
  const [first, same, other] = [await read(7), await read(7), await read(8)]
  expect(same).toBe(first)
  expect(other).not.toBe(first)
})
