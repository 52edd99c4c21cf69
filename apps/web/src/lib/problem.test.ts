import { ApiError, ConnectionError } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { fieldSentence, toProblem, waitingTime } from './problem.ts'

const refused = (code: string, rest: Partial<ConstructorParameters<typeof ApiError>[1]> = {}) =>
  new ApiError(`Refused: ${code}.`, { code, status: 400, details: [], requestId: null, retryAfterS: null, ...rest })

describe('a problem', () => {
  it('stands beside the field it is about, in words its label begins', () => {
    const details = [
      { field: 'password', reason: 'must have 8 to 256 characters' },
      { field: 'token', reason: 'is required' },
    ]
    expect(toProblem(refused('invalid_parameter', { details }), ['email', 'password'])).toEqual({
      text: 'token is required.',
      fields: { password: 'must have 8 to 256 characters' },
      waitS: null,
    })
    expect(fieldSentence('New password', 'must have 8 to 256 characters')).toBe(
      'New password must have 8 to 256 characters.',
    )
    expect(fieldSentence('Code', 'The code is wrong.')).toBe('The code is wrong.')
  })

  it('finds the field of a refusal that names none, where the form has it', () => {
    expect(toProblem(refused('wrong_password'), ['current_password', 'new_password']).fields).toEqual({
      current_password: 'Refused: wrong_password.',
    })
    expect(toProblem(refused('wrong_password'), ['name'])).toMatchObject({
      text: 'Refused: wrong_password.',
      fields: {},
    })
  })

  it('does not tell which of address and password is wrong', () => {
    expect(toProblem(refused('invalid_credentials', { status: 401 }), ['email', 'password'])).toEqual({
      text: 'The e-mail address or the password is wrong.',
      fields: {},
      waitS: null,
    })
  })

  it('says how long to wait, and nothing about waiting where the server is out of reach', () => {
    const locked = toProblem(refused('too_many_attempts', { status: 429, retryAfterS: 61 }), [])
    expect(locked).toEqual({ text: 'Refused: too_many_attempts.', fields: {}, waitS: 61 })
    expect(toProblem(new ConnectionError('unreachable', 'The server cannot be reached.'), [])).toEqual({
      text: 'The server cannot be reached.',
      fields: {},
      waitS: null,
    })
    expect([1, 42, 121, 7_200].map(waitingTime)).toEqual(['1 second', '42 seconds', '3 minutes', '2 hours'])
  })
})
