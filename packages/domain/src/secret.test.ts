import { expect, it } from 'vitest'
import { Secret } from './secret.ts'

it('gives its value only to the one who reveals it', () => {
  const secret = new Secret('canary-7F3a')
  expect(secret.reveal()).toBe('canary-7F3a')
  const texts = [
    `${secret}`,
    String(secret),
    JSON.stringify({ secret }),
    JSON.stringify([secret]),
    `${Object.entries(secret)}`,
  ]
  for (const text of texts) expect(text).not.toContain('canary')
  expect(JSON.stringify({ secret })).toBe('{"secret":"[redacted]"}')
})
