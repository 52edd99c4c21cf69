import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { returnPath, returnSearch } from './return-path.ts'

describe('the way back after a sign-in', () => {
  it('is where the person came from', () => {
    expect(returnPath('/?i=NSE:TCS&int=week')).toBe('/?i=NSE:TCS&int=week')
    expect(returnPath('/account#keys')).toBe('/account#keys')
    expect(returnSearch('/account')).toEqual({ to: '/account' })
  })

  it('is the overview for another site, for no address, and for the pages of the sign-in itself', () => {
    const elsewhere = [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/.//evil.example',
      '/\t/evil.example',
    ]
    for (const wanted of [
      ...elsewhere,
      '',
      undefined,
      7,
      'account',
      'javascript:alert(1)',
      '/sign-in?to=/sign-in',
      '/reset',
    ])
      expect(returnPath(wanted)).toBe('/')
    expect(returnSearch('/sign-in?to=/account')).toEqual({})
  })

  it('never leaves this origin, whatever the address says', () => {
    const text = fc.array(fc.constantFrom('/', '\\', '.', '\t', '\n', ':', '@', '#', '?', 'a', '%2f'), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(text, (parts) => {
        const path = returnPath(`/${parts.join('')}evil.example`)
        expect(new URL(path, 'https://here.example/sign-in').origin).toBe('https://here.example')
      }),
    )
  })
})
