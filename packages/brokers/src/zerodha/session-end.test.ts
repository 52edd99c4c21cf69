import { dayMs, istTimeOfDayMs, parseTimestamp } from '@banyan/domain'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sessionEndAfter } from './session-end.ts'

it.each([
  ['2026-03-12T03:10:00+05:30', '2026-03-12T06:00:00+05:30'],
  ['2026-03-12T05:59:59+05:30', '2026-03-12T06:00:00+05:30'],
  ['2026-03-12T06:00:00+05:30', '2026-03-13T06:00:00+05:30'],
  ['2026-03-12T08:55:00+05:30', '2026-03-13T06:00:00+05:30'],
  ['2026-02-28T23:59:59+05:30', '2026-03-01T06:00:00+05:30'],
])('KC-2 a login at %s is over at %s', (loginTime, end) => {
  expect(sessionEndAfter(parseTimestamp(loginTime) ?? Number.NaN)).toBe(parseTimestamp(end))
})

it('is over at 06:00 IST within a day, whenever the login was', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2050, 0, 1) }), (loginTime) => {
      const end = sessionEndAfter(loginTime)
      expect(end > loginTime && end - loginTime <= dayMs).toBe(true)
      expect(istTimeOfDayMs(end)).toBe(6 * 3_600_000)
    }),
  )
})
