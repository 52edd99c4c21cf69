import { parseTimestamp, Secret } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { checksumOf, readGrant, readSignInCode, signInUrl } from './sign-in.ts'

const granted = {
  user_id: 'AB1234',
  user_name: 'A B',
  email: 'a@example.com',
  exchanges: ['NSE', 'BSE', 'NFO'],
  access_token: 'tok',
  public_token: 'pub',
  enctoken: 'enc',
  refresh_token: '',
  login_time: '2026-03-12 08:55:14',
}

it('KC-1 proves the secret by the SHA-256 of key, code and secret', () => {
  const [apiKey, apiSecret, code] = [new Secret('key'), new Secret('secret'), new Secret('rtoken')]
  expect(checksumOf({ apiKey, apiSecret, code })).toBe(
    '6244e2ef80d2b113c2c3db230d46fb1316321b44c0005c44bb404ab6fc893cfc',
  )
})

describe('signInUrl', () => {
  it.each(['https://kite.zerodha.com/connect/login', 'https://kite.zerodha.com', 'https://kite.zerodha.com/'])(
    'carries the state in redirect_params of %s',
    (loginUrl) => {
      const url = new URL(signInUrl(loginUrl, 'k+1', 'a&b=c/d+e'))
      expect(`${url.origin}${url.pathname}`).toBe('https://kite.zerodha.com/connect/login')
      expect([url.searchParams.get('v'), url.searchParams.get('api_key')]).toEqual(['3', 'k+1'])
      // The vendor decodes the parameter once and puts it into the query of the redirect.
      const redirect = new URLSearchParams(url.searchParams.get('redirect_params') ?? '')
      expect([...redirect]).toEqual([['state', 'a&b=c/d+e']])
    },
  )
})

describe('readSignInCode', () => {
  const codeOf = (query: string) => readSignInCode(new URLSearchParams(query))?.reveal() ?? null

  it.each([
    ['request_token=r1&action=login&status=success&state=s', 'r1'],
    ['request_token=r1', 'r1'],
    ['request_token=r1&type=login&status=success&user_id=AB1234', 'r1'],
    ['request_token=r1&status=cancelled', null],
    ['request_token=r1&status=success&status=error', null],
    ['request_token=r1&request_token=r2', null],
    ['request_token=', null],
    ['status=success', null],
  ])('reads %s as %s', (query, code) => {
    expect(codeOf(query)).toBe(code)
  })
})

describe('readGrant', () => {
  it('keeps the account, its token, when it ends and its exchanges, and nothing else', () => {
    const grant = readGrant(granted)
    expect(Object.keys(grant).sort()).toEqual(['accessToken', 'account', 'exchanges', 'expiresAt'])
    expect([grant.account, grant.accessToken.reveal(), grant.exchanges]).toEqual([
      'AB1234',
      'tok',
      ['NSE', 'BSE', 'NFO'],
    ])
    expect(grant.expiresAt).toBe(parseTimestamp('2026-03-13T06:00:00+05:30'))
  })

  it('does without the exchanges', () => {
    expect(readGrant({ ...granted, exchanges: undefined }).exchanges).toEqual([])
  })

  it.each([
    ['no user', { user_id: undefined }],
    ['no token', { access_token: undefined }],
    ['a token that would break a header', { access_token: 'a\r\nb' }],
    ['no login time', { login_time: undefined }],
    ['an empty login time', { login_time: null }],
    ['a login time that is none', { login_time: '12/03/2026' }],
  ])('throws at %s', (_, change) => {
    expect(() => readGrant({ ...granted, ...change })).toThrow(Error)
  })
})
