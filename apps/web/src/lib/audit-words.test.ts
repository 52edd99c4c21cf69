import { describe, expect, it } from 'vitest'
import { auditFacts, auditWords } from './audit-words.ts'

describe('an event of the trail', () => {
  it('is told in words, and a refusal never reads like a success', () => {
    expect(auditWords({ action: 'sign_in', outcome: 'done' })).toBe('Signed in')
    expect(auditWords({ action: 'sign_in', outcome: 'refused' })).toBe('Sign-in refused')
    expect(auditWords({ action: 'password_changed', outcome: 'refused' })).toBe('Refused: Password changed')
    expect(auditWords({ action: 'moon_landed', outcome: 'done' })).toBe('moon landed')
  })

  it('has its facts without ids', () => {
    expect(auditFacts({ factor: 'password', reason: 'wrong', session: 'ses_7Kq2', days: 30 })).toBe(
      'factor: password, reason: wrong, days: 30',
    )
    expect(auditFacts({})).toBe('')
  })
})
