import { parseTimestamp } from '@banyan/domain'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readCandles } from './candles.ts'
import { readQuotes } from './quotes.ts'
import { readGrant } from './sign-in.ts'
import { decodeFrame } from './ticker-packets.ts'
import { formatVendorTime, parseVendorTime } from './vendor-time.ts'

afterEach(() => vi.unstubAllEnvs())

describe('the vendor’s time', () => {
  it('is India time without saying so', () => {
    expect(parseVendorTime('2026-03-12 09:15:00')).toBe(parseTimestamp('2026-03-12T09:15:00+05:30'))
    expect(formatVendorTime(Date.UTC(2026, 2, 11, 18, 30, 0, 999))).toBe('2026-03-12 00:00:00')
  })

  it.each([
    '',
    '2026-03-12',
    '2026-03-12T09:15:00',
    '2026-03-12 09:15:00+0530',
    '2026-02-30 09:15:00',
    '2026-03-12 24:15:00',
  ])('is not "%s"', (text) => {
    expect(parseVendorTime(text)).toBeNull()
  })

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (second) => {
        expect(parseVendorTime(formatVendorTime(second * 1000))).toBe(second * 1000)
      }),
    )
  })
})

/** Every kind of timestamp the adapter reads or writes. */
function readEveryTime(): readonly unknown[] {
  const ohlc = { open: 1, high: 1, low: 1, close: 1 }
  const quote = { instrument_token: 408065, timestamp: '2026-03-12 15:45:56', last_price: 1, volume: 0, ohlc }
  const wide = { from: 0, to: Number.MAX_SAFE_INTEGER }
  const candles = { candles: [['2026-03-12T09:15:00+0530', 1, 1, 1, 1, 1]] }
  const grant = { user_id: 'A', access_token: 't', exchanges: [], login_time: '2026-03-12 03:10:00' }
  const packet = '00010020 0003e9090023b74d0023c50300238bfb00239eed00237fd50000377866694b39'.replaceAll(' ', '')
  return [
    readQuotes({ 'NSE:INFY': quote }, 'quote').rows[0]?.asOf,
    [...readCandles(candles, '1minute', wide).time],
    [...readCandles(candles, 'day', wide).time],
    readGrant(grant).expiresAt,
    decodeFrame(Buffer.from(`${packet.slice(0, 4)}${packet.slice(4)}`, 'hex'))[0]?.exchangeTime,
    formatVendorTime(Date.UTC(2026, 2, 12)),
  ]
}

it('UP-2 is the same instant whatever the zone of the host', () => {
  const inZone = (zone: string) => {
    vi.stubEnv('TZ', zone)
    return { offset: new Date(0).getTimezoneOffset(), times: readEveryTime() }
  }
  const [utc, kolkata] = [inZone('UTC'), inZone('Asia/Kolkata')]
  expect([utc.offset, kolkata.offset]).toEqual([0, -330])
  expect(utc.times).toEqual(kolkata.times)
  expect(utc.times).toEqual([
    parseTimestamp('2026-03-12T15:45:56+05:30'),
    [parseTimestamp('2026-03-12T09:15:00+05:30')],
    [parseTimestamp('2026-03-12T00:00:00+05:30')],
    parseTimestamp('2026-03-12T06:00:00+05:30'),
    parseTimestamp('2024-06-12T12:46:09+05:30'),
    '2026-03-12 05:30:00',
  ])
})
