import { type ErrorCode, errorTable } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { apiStatuses, renderApiProblem } from './api-errors.ts'

const codes = Object.keys(errorTable) as ErrorCode[]
const problem = { message: 'Words.', details: [{ field: 'a', reason: 'b' }], retryAfterS: null, requestId: 'req_1' }

describe('errors under /api', () => {
  it('have a status for exactly the codes of the table', () => {
    expect(Object.keys(apiStatuses).sort()).toEqual([...codes].sort())
  })

  it.each(codes)('%s says its message three times and its details only when a parameter failed', (code) => {
    const rendered = renderApiProblem({ ...problem, code })
    const body = JSON.parse(rendered.body)
    expect([body.success, body.message, body.error, body.msg, body.code]).toEqual([
      'false',
      'Words.',
      'Words.',
      'Words.',
      code,
    ])
    expect('details' in body).toBe(code === 'invalid_parameter')
    expect(rendered.status).toBe(apiStatuses[code])
  })

  it('tell when to try again in whole seconds of at least 1', () => {
    const headersFor = (retryAfterS: number) =>
      renderApiProblem({ ...problem, code: 'rate_limited', retryAfterS }).headers
    expect([headersFor(0)['retry-after'], headersFor(1.2)['retry-after']]).toEqual(['1', '2'])
  })
})
