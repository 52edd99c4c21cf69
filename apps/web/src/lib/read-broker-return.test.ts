import { describe, expect, it } from 'vitest'
import { readBrokerReturn } from './read-broker-return.ts'

describe('what a broker’s redirect brought', () => {
  it('is a claim, or why there is none', () => {
    expect(readBrokerReturn('#claim=aB3-_x')).toEqual({ claim: 'aB3-_x' })
    expect(readBrokerReturn('#problem=no_code')).toEqual({ problem: 'no_code' })
  })

  it('is nothing for any other fragment', () => {
    for (const fragment of ['', '#', '#claim=', '#token=abc', '#main']) expect(readBrokerReturn(fragment)).toBeNull()
  })
})
