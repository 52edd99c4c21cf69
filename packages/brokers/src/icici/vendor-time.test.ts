import { istMidnight, parseTimestamp } from '@banyan/domain'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { nextMidnightAfter } from './next-midnight.ts'
import { formatHistoryTime, parseCandleTime, parseTradeTime } from './vendor-time.ts'

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

describe.each(['UTC', 'Asia/Kolkata'])('UP-2 on a host in %s', (host) => {
  it('reads naive times as India time', () => {
    process.env['TZ'] = host
    expect(parseTradeTime('16-Aug-2024 13:19:03')).toBe(parseTimestamp('2024-08-16T07:49:03Z'))
    expect(parseCandleTime('2024-06-03 09:15:00')).toBe(parseTimestamp('2024-06-03T03:45:00Z'))
    expect(formatHistoryTime(istMidnight('2024-06-03') + 33_300_000)).toBe('2024-06-03T09:15:00.000Z')
  })

  it('ends a session at midnight in India', () => {
    process.env['TZ'] = host
    expect(nextMidnightAfter(istMidnight('2026-03-12') + 85_800_000)).toBe(istMidnight('2026-03-13'))
    expect(nextMidnightAfter(istMidnight('2026-03-13'))).toBe(istMidnight('2026-03-14'))
  })
})

describe('a time of the vendor', () => {
  it.each([
    '',
    '16-Aug-2024',
    '16-Foo-2024 13:19:03',
    '31-Feb-2024 10:00:00',
    '16-Aug-2024 24:00:00',
    '16-08-2024 13:19:03',
  ])('is not "%s"', (text) => {
    expect(parseTradeTime(text)).toBeNull()
  })

  it.each(['2024-06-03', '2024-06-03T09:15:00', '2024-06-03 09:15:00Z', '2024-02-30 09:15:00'])(
    'is not "%s" either',
    (text) => {
      expect(parseCandleTime(text)).toBeNull()
    },
  )

  it('comes back as it was sent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), (seconds) => {
        const text = formatHistoryTime(seconds * 1000)
        expect(parseCandleTime(text.slice(0, 19).replace('T', ' '))).toBe(seconds * 1000)
      }),
    )
  })
})
