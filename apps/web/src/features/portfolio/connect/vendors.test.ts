import { describe, expect, it } from 'vitest'
import { codeIn, connectBody, vendorOf } from './vendors.ts'

const zerodha = vendorOf('zerodha')
const icici = vendorOf('icici')
if (!zerodha || !icici) throw new Error('A broker is missing.')

describe('what is pasted from a broker', () => {
  it('is the code alone or the address it came in', () => {
    expect(codeIn('  abc123 ', zerodha)).toBe('abc123')
    expect(codeIn('https://example.com/back?status=success&request_token=abc123&action=login', zerodha)).toBe('abc123')
    expect(codeIn('https://example.com/?apisession=55667', icici)).toBe('55667')
  })
})

describe('the call that connects', () => {
  const keys = { apiKey: 'k', apiSecret: 's', stay: false }

  it('has the claim of a redirect or else the broker’s own code', () => {
    expect(connectBody(icici, keys, { claim: 'c' })).toEqual({ api_key: 'k', api_secret: 's', claim: 'c' })
    expect(connectBody(icici, keys, { code: '5' })).toEqual({ api_key: 'k', api_secret: 's', api_session: '5' })
    expect(connectBody(zerodha, keys, { code: '5' })).toEqual({ api_key: 'k', api_secret: 's', request_token: '5' })
  })

  it('knows no broker that cannot be connected', () => {
    expect(vendorOf('kotak')).toBeNull()
  })
})
