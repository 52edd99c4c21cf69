import { createHash } from 'node:crypto'
import { istMidnight, Secret } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestOf, signedHeaders, timestampOf } from './signature.ts'

const now = istMidnight('2026-01-05') + 15.5 * 3_600_000 + 789

describe('the signature', () => {
  it.each([
    ['{"exchange_code":"NSE"}', '03d73b008761c990b8417ca1773c02a6896eab0d31966a06a07db9d7fccacd7e'],
    ['{}', 'b59b9646343a85b3f4d4a0c16d53552b911f6902100263be9b9f114e0060115f'],
  ])('BZ-1 of %s has the digest of the contract', (body, digest) => {
    expect(digestOf('2026-01-05T10:00:00.000Z', body, new Secret('SECRET'))).toBe(digest)
  })

  it('BZ-1 is in the headers of the call, with the milliseconds cut off', () => {
    const secrets = { appKey: new Secret('k+=!'), apiSecret: new Secret('SECRET'), token: new Secret('QUIxOjQy') }
    expect(signedHeaders(secrets, '{}', now)).toEqual({
      'content-type': 'application/json',
      'x-appkey': 'k+=!',
      'x-sessiontoken': 'QUIxOjQy',
      'x-timestamp': '2026-01-05T10:00:00.000Z',
      'x-checksum': 'token b59b9646343a85b3f4d4a0c16d53552b911f6902100263be9b9f114e0060115f',
    })
  })

  it('is over the bytes, whatever the characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, secret) => {
        const body = JSON.stringify({ text })
        const timestamp = timestampOf(now)
        const bytes = Buffer.concat([Buffer.from(timestamp), Buffer.from(body), Buffer.from(secret)])
        const digest = createHash('sha256').update(bytes).digest('hex')
        expect(digestOf(timestamp, body, new Secret(secret))).toBe(digest)
      }),
    )
  })

  it('has a time within the second of now, never after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (instant) => {
        const age = instant - Date.parse(timestampOf(instant))
        expect(age >= 0 && age < 1000).toBe(true)
        expect(timestampOf(instant).endsWith('.000Z')).toBe(true)
      }),
    )
  })
})
