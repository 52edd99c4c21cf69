import { describe, expect, it } from 'vitest'
import { readIciciCallback } from './callback.ts'

describe('BZ-5 the callback', () => {
  it.each(['API_Session', 'apisession', 'API_SESSION', 'ApiSession', 'api_session'])(
    'brings the code as %s',
    (name) => {
      expect(readIciciCallback({ other: 'x', [name]: '48+/=! 1'.replace(' ', '') })?.reveal()).toBe('48+/=!1')
    },
  )

  it('may be a form or a query', () => {
    const form = Object.fromEntries(new URLSearchParams('API_Session=48121%2B%3D%21'))
    const query = Object.fromEntries(new URL('https://example.org/back?apisession=48121%2B%3D%21').searchParams)
    expect([form, query].map((fields) => readIciciCallback(fields)?.reveal())).toEqual(['48121+=!', '48121+=!'])
  })

  it.each([
    [{}],
    [{ session: '1' }],
    [{ apisession: '' }],
    [{ apisession: 'a b' }],
    [{ apisession: 'x'.repeat(513) }],
    [{ apisession: ['1', '2'] }],
    [{ apisession: '1', API_Session: '2' }],
    [{ apisession: 1 }],
    [{ apisession: 'ключ' }],
  ])('brings no code in %j', (fields) => {
    expect(readIciciCallback(fields)).toBeNull()
  })

  it('keeps the code out of every text', () => {
    expect(JSON.stringify(readIciciCallback({ apisession: '48121' }))).toBe('"[redacted]"')
  })
})
