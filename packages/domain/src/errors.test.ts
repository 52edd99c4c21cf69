import { describe, expect, it } from 'vitest'
import { BanyanError, type ErrorCode, errorTable } from './errors.ts'

describe('BanyanError', () => {
  it.each(Object.keys(errorTable) as ErrorCode[])('%s speaks the sentence of the table', (code) => {
    const error = new BanyanError(code)
    expect(error.message).toBe(errorTable[code].sentence)
    expect(error).toMatchObject({ name: 'BanyanError', code, details: [], retryAfterS: null })
    expect('cause' in error).toBe(false)
  })

  it('names the first failing parameter, keeps all of them, the wait and the cause', () => {
    const cause = new Error('inner')
    const details = [
      { field: 'limit', reason: 'must be a whole number from 1' },
      { field: 'from', reason: 'must be a date' },
    ]
    const error = new BanyanError('invalid_parameter', { details, retryAfterS: 3, cause })
    expect(error.message).toBe('limit must be a whole number from 1.')
    expect(error).toMatchObject({ details, retryAfterS: 3, cause })
    expect(new BanyanError('invalid_parameter', { details, message: 'No.' }).message).toBe('No.')
  })
})
