import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mpinOf, newPasswordOf } from './body-fields.ts'

describe('an MPIN', () => {
  it('is an integer or a string of 4 to 6 digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 999_999 }), (mpin) => {
        expect(mpinOf(mpin)).toEqual({ value: String(mpin) })
        expect(mpinOf(String(mpin))).toEqual({ value: String(mpin) })
      }),
    )
    expect(mpinOf('0421')).toEqual({ value: '0421' })
  })

  it.each([12, 421, 1_234_567, -1234, 1234.5, 1e21, Number.NaN, '12', '04 21', '１２３４', '', null, true, [1234]])(
    'is not %j',
    (value) => {
      expect(mpinOf(value)).toEqual({ reason: 'must have 4 to 6 digits' })
    },
  )
})

describe('a new password', () => {
  it.each(['12345678', 'x'.repeat(256), ' '.repeat(15), '😀'.repeat(8), '😀'.repeat(256), 'ﬃ12345'])(
    'may be %j',
    (text) => {
      expect(newPasswordOf(text)).toEqual({ value: text })
    },
  )

  it.each(['1234567', 'x'.repeat(257), 'x'.repeat(1_025), '😀'.repeat(7), 'e\u0301234567'])('is not %j', (text) => {
    expect(newPasswordOf(text)).toEqual({ reason: 'must have 8 to 256 characters' })
  })

  it('is text', () => {
    expect(newPasswordOf(12345678)).toEqual({ reason: 'must be a string' })
  })
})
