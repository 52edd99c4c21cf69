import { describe, expect, it } from 'vitest'
import { formatTime } from './login-reply.ts'

describe('a time', () => {
  it('is written in IST without zone and without fractions', () => {
    expect(formatTime(Date.UTC(2026, 0, 2, 3, 44, 7, 999))).toBe('2026-01-02 09:14:07')
    expect(formatTime(Date.UTC(2025, 11, 31, 18, 30))).toBe('2026-01-01 00:00:00')
  })
})
