import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type QuietSandbox, startQuietSandbox } from '../testing/quiet-sandbox.ts'
import { answerOf, getAs, type KiteUser, refusal, signIn } from './testing/kite-user.ts'

let sandbox: QuietSandbox
let user: KiteUser
beforeEach(async () => {
  sandbox = await startQuietSandbox()
  user = await signIn(sandbox)
  sandbox.wall.advance(1_000)
})
afterEach(() => sandbox.close())

const authorization = () => `token ${user.apiKey}:${user.accessToken}`
const ask = (path: string) => getAs(sandbox, path, authorization())
const askTimes = async (times: number, path: string) => {
  const statuses = []
  for (let i = 0; i < times; i++) statuses.push((await ask(path)).status)
  return statuses
}
const many = (count: number, status: number) => Array.from({ length: count }, () => status)
const candles = '/instruments/historical/256265/day?from=2026-03-01&to=2026-03-10'

describe('limits per second and key', () => {
  it('are 1 for the three kinds of quotes together', async () => {
    expect((await ask('/quote/ltp?i=NSE:INFY')).status).toBe(200)
    expect(await ask('/quote?i=NSE:INFY')).toMatchObject(refusal(429, 'NetworkException'))
    sandbox.wall.advance(999)
    expect((await ask('/quote/ohlc?i=NSE:INFY')).status).toBe(429)
    sandbox.wall.advance(1)
    expect((await ask('/quote/ohlc?i=NSE:INFY')).status).toBe(200)
  })

  it('are 3 for candles', async () => {
    expect(await askTimes(4, candles)).toEqual([...many(3, 200), 429])
    sandbox.wall.advance(1_000)
    expect(await askTimes(4, candles)).toEqual([...many(3, 200), 429])
  })

  it('are 10 for everything else, and for all together', async () => {
    expect(await askTimes(11, '/user/profile')).toEqual([...many(10, 200), 429])
    sandbox.wall.advance(1_000)
    await askTimes(3, candles)
    await ask('/quote?i=NSE:INFY')
    expect(await askTimes(7, '/portfolio/holdings')).toEqual([...many(6, 200), 429])
  })

  it('count each key alone', async () => {
    const other = await signIn(sandbox, { apiKey: 'another' })
    await askTimes(10, '/user/profile')
    expect((await getAs(sandbox, '/user/profile', `token another:${other.accessToken}`)).status).toBe(200)
  })

  it('count while the clock is frozen', async () => {
    sandbox.control.clock.freeze()
    await ask('/quote?i=NSE:INFY')
    expect((await ask('/quote?i=NSE:INFY')).status).toBe(429)
    sandbox.wall.advance(1_000)
    expect((await ask('/quote?i=NSE:INFY')).status).toBe(200)
  })
})

it('says “Too many requests” in JSON, without Retry-After, and nothing at all by a fault', async () => {
  await ask('/quote?i=NSE:INFY')
  const headers = { authorization: authorization() }
  const limited = await fetch(`${sandbox.urls.zerodha.rest}/quote?i=NSE:INFY`, { headers })
  expect(limited.headers.has('retry-after')).toBe(false)
  expect((await answerOf(limited)).body.message).toBe('Too many requests')
  sandbox.control.setFault('zerodha', { fault: 'status:429:empty' })
  expect(await ask('/user/profile')).toEqual({ status: 429, body: '' })
})
