import { BanyanError } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CombinedFirst, CombinedSecond } from './index.ts'
import { afterAccessPassword, afterPassword, challengeFactors, checkPair, isSignedIn, prove } from './sign-in-rules.ts'

const nothing = { hasTotp: false, recoveryCodesLeft: 0, hasDevice: false, hasPasskey: false }
const enrolment = fc.record({
  hasTotp: fc.boolean(),
  recoveryCodesLeft: fc.nat({ max: 10 }),
  hasDevice: fc.boolean(),
  hasPasskey: fc.boolean(),
})

describe('a sign-in', () => {
  it('with nothing enrolled ends with the password, with anything enrolled it does not', () => {
    fc.assert(
      fc.property(enrolment, (enrolled) => {
        expect(isSignedIn(afterPassword(enrolled))).toBe(!enrolled.hasTotp && !enrolled.hasPasskey)
      }),
    )
    expect(isSignedIn(afterPassword(nothing))).toBe(true)
  })

  it('offers each enrolled factor, and recovery codes only beside TOTP', () => {
    const all = { hasTotp: true, recoveryCodesLeft: 2, hasDevice: true, hasPasskey: true }
    expect(challengeFactors(all)).toEqual(['totp', 'recovery_code', 'passkey'])
    expect(challengeFactors({ ...all, hasTotp: false })).toEqual(['passkey'])
    expect(challengeFactors({ ...all, recoveryCodesLeft: 0, hasPasskey: false })).toEqual(['totp'])
  })

  it('ends with any one of the factors it needs and with no other', () => {
    fc.assert(
      fc.property(
        enrolment,
        fc.constantFrom('totp', 'recovery_code', 'passkey', 'otp', 'device', 'mpin'),
        (enrolled, factor) => {
          const state = afterPassword(enrolled)
          if (state.needed.includes(factor as never)) expect(isSignedIn(prove(state, factor as never))).toBe(true)
          else expect(() => prove(state, factor as never)).toThrow(BanyanError)
        },
      ),
    )
  })

  it('by access code needs the code unless the account switched it off', () => {
    expect(isSignedIn(afterAccessPassword(true))).toBe(true)
    expect(afterAccessPassword(false).needed).toEqual(['access_code'])
  })
})

describe('two factors in one call', () => {
  const firsts: readonly CombinedFirst['kind'][] = ['password', 'registered', 'mpin', 'device', 'sso']
  const seconds: readonly (CombinedSecond['kind'] | null)[] = [null, 'register', 'otp', 'totp', 'device']
  // synapsewave.md §5.3, a row per first factor: none, register, OTP, TOTP, device.
  const table: Record<CombinedFirst['kind'], string> = {
    password: '-+++ +',
    registered: '--++ +',
    mpin: '--++ +',
    device: '--++ -',
    sso: '+--- -',
  }

  it.each(
    firsts.flatMap((first) => seconds.map((second, i) => [first, second, table[first].replace(' ', '')[i]] as const)),
  )('%s with %s: %s', (first, second, mark) => {
    if (mark === '+') expect(() => checkPair(first, second)).not.toThrow()
    else expect(() => checkPair(first, second)).toThrow(expect.objectContaining({ code: 'combination_not_supported' }))
  })
})
