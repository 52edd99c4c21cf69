import { afterAll, beforeAll, expect, it } from 'vitest'
import { ist, type QuietSandbox, startQuietSandbox } from '../testing/quiet-sandbox.ts'
import { type KiteUser, refusal, signIn } from './testing/kite-user.ts'

let sandbox: QuietSandbox
let user: KiteUser
beforeAll(async () => {
  sandbox = await startQuietSandbox()
  sandbox.control.clock.freeze()
  user = await signIn(sandbox)
})
afterAll(() => sandbox.close())

const tcs = 3002 * 256 + 1
const swiggy = 3031 * 256 + 1
const ask = (interval: string, from: string, to: string, more = '', token: number | string = tcs) =>
  user.get(`/instruments/historical/${token}/${interval}?${new URLSearchParams({ from, to })}${more}`)
const candles = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).body.data.candles

it('starts each bar in India’s time without a colon, with both ends included', async () => {
  const bars = await candles('5minute', '2026-03-11 09:15:00', '2026-03-11 09:30:00')
  expect(bars.map(([time]: [string]) => time)).toEqual([
    '2026-03-11T09:15:00+0530',
    '2026-03-11T09:20:00+0530',
    '2026-03-11T09:25:00+0530',
    '2026-03-11T09:30:00+0530',
  ])
  expect(bars[0]).toHaveLength(6)
})

it('takes dates without a time, and a day by any of its instants', async () => {
  const days = await candles('day', '2026-03-09', '2026-03-11')
  expect(days.map(([time]: [string]) => time.slice(0, 19))).toEqual([
    '2026-03-09T00:00:00',
    '2026-03-10T00:00:00',
    '2026-03-11T00:00:00',
  ])
  expect(await candles('day', '2026-03-09 09:15:00', '2026-03-11 15:30:00')).toEqual(days)
})

it('leaves out days without a session', async () => {
  const days = await candles('day', '2026-01-23', '2026-01-27')
  expect(days.map(([time]: [string]) => time.slice(0, 10))).toEqual(['2026-01-23', '2026-01-27'])
})

it('adds the open interest when it is asked for', async () => {
  const token = 35_001 * 256 + 2
  const bars = await candles('minute', '2026-03-11 10:00:00', '2026-03-11 10:05:00', '&oi=1', token)
  expect(bars.map((bar: number[]) => bar.length)).toEqual([7, 7, 7, 7, 7, 7])
  expect(bars[0][6]).toBeGreaterThan(0)
})

it('includes the bar that is forming, and nothing after it', async () => {
  sandbox.control.clock.set(ist('2026-03-12T12:03:30'))
  const bars = await candles('5minute', '2026-03-12 11:55:00', '2026-03-12 15:30:00')
  expect(bars.map(([time]: [string]) => time.slice(11, 16))).toEqual(['11:55', '12:00'])
  const last = (await user.get('/quote/ltp?i=NSE:TCS')).body.data['NSE:TCS'].last_price
  expect(bars[1][4]).toBe(last)
})

it('is empty before the listing', async () => {
  expect(await candles('day', '2024-01-01', '2024-10-31', '', swiggy)).toEqual([])
  expect((await candles('day', '2024-11-01', '2024-11-30', '', swiggy))[0][0]).toBe('2024-11-13T00:00:00+0530')
})

it.each([
  ['minute', 60],
  ['3minute', 100],
  ['5minute', 100],
  ['10minute', 100],
  ['15minute', 200],
  ['30minute', 200],
  ['60minute', 400],
  ['day', 2_000],
])('answers %s over %i days and refuses more, naming the limit', async (interval, days) => {
  const end = ist('2026-03-12T09:00:00')
  const text = (instant: number) => new Date(instant + 19_800_000).toISOString().slice(0, 19).replace('T', ' ')
  const over = (ms: number) => ask(interval, text(end - ms), text(end), '', swiggy)
  expect((await over(days * 86_400_000)).status).toBe(200)
  const refused = await over(days * 86_400_000 + 1_000)
  expect(refused).toMatchObject(refusal(400, 'InputException'))
  expect(refused.body.message).toBe(`interval exceeds max limit: ${days} days`)
})

it.each([
  ['2minute', '2026-03-11', '2026-03-11', tcs, 'invalid interval'],
  ['day', '11-03-2026', '2026-03-11', tcs, 'invalid from date'],
  ['day', '2026-03-11', '2026-02-30', tcs, 'invalid to date'],
  ['day', '2026-03-11', '2026-03-10', tcs, 'from date is after to date'],
  ['day', '2026-03-11', '2026-03-11', 'abc', 'invalid token'],
])('refuses %s from %s to %s of %s: %s', async (interval, from, to, token, message) => {
  const answer = await ask(interval, from, to, '', token)
  expect(answer).toMatchObject(refusal(400, 'InputException'))
  expect(answer.body.message).toBe(message)
})
