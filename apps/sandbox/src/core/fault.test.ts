import { expect, it } from 'vitest'
import { FaultOrderError, faultKinds, readFaultOrder } from './fault.ts'

const read = (fault: string, more: object = {}) => readFaultOrder('zerodha', { fault, ...more })

it('strikes once where nothing else is said, and holds a state until it is cleared', () => {
  expect(read('status:503')).toMatchObject({ kind: 'status', argument: '503', count: 1, durationMs: null })
  expect(read('stale')).toMatchObject({ kind: 'stale', count: null, durationMs: null })
})

it('holds for a duration as often as it can, and at most a count when both are given', () => {
  expect(read('hang', { durationMs: 5_000 })).toMatchObject({ count: null, durationMs: 5_000 })
  expect(read('hang', { durationMs: 5_000, count: 2 })).toMatchObject({ count: 2, durationMs: 5_000 })
})

it('takes the rest of the text as the argument, colons included', () => {
  expect(read('status:403:TokenException')).toMatchObject({ argument: '403:TokenException' })
  expect(read('status:500:Something: went wrong')).toMatchObject({ argument: '500:Something: went wrong' })
})

it.each([
  ['explode', {}, /fault explode is not known; known are refuse,/],
  ['slow', {}, /fault slow needs an argument, as in slow:1500/],
  ['slow:soon', {}, /slow:1500/],
  ['status:200', {}, /status:503/],
  ['html:999', {}, /html:502/],
  ['hang:5', {}, /fault hang takes no argument/],
  ['hang', { count: 0 }, /count must be a whole number from 1/],
  ['hang', { durationMs: 1.5 }, /duration_ms must be a whole number from 1/],
  ['refuse', { count: 2 }, /refuse takes no count.*duration_ms/],
])('refuses %s with %j, saying why', (fault, more, reason) => {
  expect(() => read(fault, more)).toThrow(FaultOrderError)
  expect(() => read(fault, more)).toThrow(reason)
})

it('knows every fault of the contract', () => {
  expect([...faultKinds].sort()).toEqual(
    [
      ...['refuse', 'reset', 'hang', 'slow', 'drip', 'status', 'html', 'truncate', 'garbage', 'wrong_type'],
      ...['missing_field', 'rate_limit', 'expire_session', 'revoke', 'stale', 'freeze', 'ticker_silence'],
      ...['ticker_drop', 'ticker_bad_frame', 'ticker_403', 'echo_secret', 'partial'],
    ].sort(),
  )
})
