import { describe, expect, it } from 'vitest'
import { parseDevelopersSearch } from './developers-search.ts'

describe('the address of the page for developers', () => {
  it('keeps what is well-formed, leaves out the rest and what is the default', () => {
    expect(parseDevelopersSearch({ api: 'kotak', lang: 'python' })).toEqual({ api: 'kotak', lang: 'python' })
    expect(parseDevelopersSearch({ api: 'banyan', lang: 'curl' })).toEqual({})
    expect(parseDevelopersSearch({ api: 'kite', lang: 3, i: 'NSE:TCS' })).toEqual({})
  })
})
