import { BanyanError, Secret } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { createAdminGate } from './index.ts'

function open(secret: string | null) {
  let now = 1_000
  const gate = createAdminGate(secret === null ? null : new Secret(secret), { now: () => now })
  const codeOf = (given: string | null, address = '192.0.2.1') => {
    try {
      gate.check(address, given)
      return 'in'
    } catch (error) {
      return error instanceof BanyanError ? error.code : String(error)
    }
  }
  const advance = (ms: number) => {
    now += ms
  }
  return { codeOf, advance }
}

describe('the gate of the admin secret', () => {
  it('AC-1: is shut without a secret, whatever is given', () => {
    const { codeOf } = open(null)
    expect(['', 'guess', null].map((given) => codeOf(given))).toEqual(Array(3).fill('admin_secret_not_configured'))
  })

  it('AC-2: refuses wrong ones, and from the sixth on everything for 15 minutes, of that address alone', () => {
    const { codeOf, advance } = open('the right secret')
    const wrong = ['', null, 'the right secreT', 'the right secret ', 'x'.repeat(1_000)]
    expect(wrong.map((given) => codeOf(given))).toEqual(Array(5).fill('admin_secret_invalid'))
    expect([codeOf('x'), codeOf('the right secret')]).toEqual(['too_many_attempts', 'too_many_attempts'])
    expect(codeOf('the right secret', '192.0.2.2')).toBe('in')
    advance(900_000)
    expect(codeOf('the right secret')).toBe('in')
  })

  it('begins to count anew after the right one', () => {
    const { codeOf } = open('the right secret')
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) expect(codeOf('wrong')).toBe('admin_secret_invalid')
      expect(codeOf('the right secret')).toBe('in')
    }
  })
})
