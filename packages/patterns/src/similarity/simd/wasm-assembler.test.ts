import { describe, expect, it } from 'vitest'
import { assembleFunction, assembleModule, i32, repeatWhile, type WasmFunction, when } from './wasm-assembler.ts'
import { findWasm } from './wasm-host.ts'

function run(subject: WasmFunction, ...values: number[]): number {
  const wasm = findWasm()
  if (!wasm) throw new Error('this host has no WebAssembly')
  const module = new wasm.Module(assembleModule({ subject }))
  const { exports } = new wasm.Instance(module, { env: { memory: new wasm.Memory({ initial: 1 }) } })
  return (exports as { subject(...values: number[]): number }).subject(...values)
}

describe('assembleModule', () => {
  it('encodes numbers of every length', () => {
    for (const value of [0, 1, 63, 64, 127, 128, 8_191, 8_192, 1 << 20, 2 ** 31 - 1, -1, -64, -65, -8_193, -(2 ** 31)])
      expect(run(assembleFunction([], 'i32', () => i32.const(value)))).toBe(value)
  })

  it('reads and writes memory at an offset', () => {
    const echo = assembleFunction(['i32'], 'i32', ([value]) => [
      ...i32.store(i32.const(4_096), value.get),
      ...i32.load(i32.const(96), 4_000),
    ])
    expect(run(echo, 77)).toBe(77)
  })

  it('counts, decides and repeats', () => {
    const sumOfOdd = assembleFunction(['i32'], 'i32', ([n], local) => {
      const sum = local('i32')
      const isOdd = i32.and(n.get, i32.const(1))
      return [
        ...repeatWhile(
          [...when(isOdd, sum.set(i32.add(sum.get, n.get))), ...n.set(i32.sub(n.get, i32.const(1)))],
          n.get,
        ),
        ...i32.select(i32.isBelow(sum.get, i32.const(10)), i32.const(-1), sum.get),
      ]
    })
    expect([3, 7, 100].map((n) => run(sumOfOdd, n))).toEqual([-1, 16, 2_500])
  })
})
