import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryLayer } from './memory-layer.ts'
import { valueCodec } from './value-codec.ts'

const text = (bytes: number) => JSON.stringify('x'.repeat(bytes / 2))

describe('the memory level', () => {
  it('drops what was used least recently when it is full', () => {
    const layer = createMemoryLayer({ clock: { now: () => 0 }, maxEntries: 2, maxBytes: 1e6 })
    layer.set('a', '1')
    layer.set('b', '2')
    layer.get('a')
    layer.set('c', '3')
    expect(['a', 'b', 'c'].map((key) => layer.get(key) !== undefined)).toEqual([true, false, true])
  })

  it('stays within its bytes whatever is put in, and never keeps a value larger than all of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 2, max: 3_000 })), { maxLength: 60 }),
        (puts) => {
          const layer = createMemoryLayer({ clock: { now: () => 0 }, maxEntries: 100, maxBytes: 4_000 })
          let kept = 0
          for (const [key, bytes] of puts) layer.set(String(key), text(bytes))
          for (let key = 0; key < 10; key++) kept += String(layer.get(String(key)) ?? '').length * 2
          expect(kept).toBeLessThanOrEqual(4_000)
          expect(layer.set('big', text(5_000))).toBe(false)
          expect(layer.get('big')).toBeUndefined()
        },
      ),
    )
  })

  it('forgets a value when its time is over and tells what is left of it before', () => {
    let now = 0
    const layer = createMemoryLayer({ clock: { now: () => now }, maxEntries: 10, maxBytes: 1e6 })
    layer.set('a', '1', 100)
    now = 60
    expect(layer.getRemainingTtl('a')).toBe(40)
    now = 100
    expect(layer.get('a')).toBeUndefined()
    expect(layer.size).toBe(0)
  })

  it('keeps text that comes from the shared level decoded', () => {
    const layer = createMemoryLayer({ clock: { now: () => 0 }, maxEntries: 10, maxBytes: 1e6 })
    layer.set('a', valueCodec.serialize({ close: Float64Array.of(1.5) }))
    expect(layer.get('a')).toEqual({ close: Float64Array.of(1.5) })
  })
})
