import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pack, sha256, unpack } from './packing.ts'

it('packs a text into the same bytes each time, with neither time nor operating system in them', () => {
  const packed = pack('symbol,date\nTCS,2021-06-09\n')
  expect(packed).toEqual(pack('symbol,date\nTCS,2021-06-09\n'))
  expect([...packed.subarray(4, 8), packed[9]]).toEqual([0, 0, 0, 0, 255])
})

it('unpacks what it packed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(unpack('a.csv.gz', pack(text))).toBe(text)
    }),
    { numRuns: 20 },
  )
})

it('hashes like sha256sum', () => {
  expect(sha256(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
