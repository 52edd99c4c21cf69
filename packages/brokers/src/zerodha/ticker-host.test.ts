import type { LookupAddress } from 'node:dns'
import { expect, it } from 'vitest'
import { tickerHostOf } from './ticker-host.ts'

/** Looks the name up at a resolver that answers with these addresses. */
function lookUp(addresses: readonly string[], options: { all: boolean }, fault: NodeJS.ErrnoException | null = null) {
  const answer = addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }))
  const host = tickerHostOf('wss://ticker.example', false, (_, __, callback) => callback(fault, answer))
  return new Promise<unknown>((resolve, reject) => {
    host.lookup('ticker.example', options, (error, address) => (error ? reject(error) : resolve(address)))
  })
}

it('U1 connects to public addresses alone', async () => {
  const found = await lookUp(['10.0.0.1', '127.0.0.1', '8.8.8.8', '::1'], { all: true })
  expect(found).toEqual([{ address: '8.8.8.8', family: 4 }])
  expect(await lookUp(['169.254.169.254', '8.8.4.4'], { all: false })).toBe('8.8.4.4')
  await expect(lookUp(['192.168.1.1'], { all: true })).rejects.toThrow('no public address')
  await expect(lookUp([], { all: true }, new Error('no such name'))).rejects.toThrow('no such name')
})

it.each([
  ['https://ws.kite.trade', true],
  ['ws://ws.kite.trade', true],
  ['wss://127.0.0.1', false],
  ['wss://localhost', false],
  ['wss://u:p@ws.kite.trade', true],
  ['wss://ws.kite.trade/?x=1', true],
  ['', true],
])('U1 refuses the address %s', (url, allowPrivate) => {
  expect(() => tickerHostOf(url, allowPrivate)).toThrow(/host ticker/)
})

it('takes a private address when it is written as one and allowed', () => {
  expect(tickerHostOf('ws://127.0.0.1:8080', true).url).toBe('ws://127.0.0.1:8080')
})
