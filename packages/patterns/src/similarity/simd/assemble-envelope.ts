import {
  assembleFunction,
  type Code,
  f32x4,
  i32,
  type Local,
  repeatWhile,
  type WasmFunction,
} from './wasm-assembler.ts'

const vectorBytes = i32.const(16)

/**
 * `widen(fromHigh, fromLow, high, low, length, step)`: each value becomes the greater, in `low` the lesser, of itself and the one
 * `step` ahead. Addresses and lengths in bytes; source and target may be the same.
 */
export function assembleWiden(): WasmFunction {
  return assembleFunction(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    null,
    ([fromHigh, fromLow, high, low, length, step], local) => {
      const at = local('i32')
      const ahead = local('i32')
      const load = (column: Local, index: Local) => f32x4.load(i32.add(column.get, index.get))
      return repeatWhile(
        [
          ...ahead.set(i32.add(at.get, step.get)),
          ...f32x4.store(i32.add(high.get, at.get), f32x4.greatest(load(fromHigh, at), load(fromHigh, ahead))),
          ...f32x4.store(i32.add(low.get, at.get), f32x4.least(load(fromLow, at), load(fromLow, ahead))),
          ...at.set(i32.add(at.get, vectorBytes)),
        ],
        i32.isBelow(at.get, length.get),
      )
    },
  )
}

/** `centre(high, low, length)`: writes the middle of the two columns over the first, half their distance over the second. */
export function assembleCentre(): WasmFunction {
  return assembleFunction(['i32', 'i32', 'i32'], null, ([high, low, length], local) => {
    const at = local('i32')
    const top = local('v128')
    const bottom = local('v128')
    const halved = (code: Code) => f32x4.mul(code, f32x4.const(0.5))
    return repeatWhile(
      [
        ...top.set(f32x4.load(i32.add(high.get, at.get))),
        ...bottom.set(f32x4.load(i32.add(low.get, at.get))),
        ...f32x4.store(i32.add(high.get, at.get), halved(f32x4.add(top.get, bottom.get))),
        ...f32x4.store(i32.add(low.get, at.get), halved(f32x4.sub(top.get, bottom.get))),
        ...at.set(i32.add(at.get, vectorBytes)),
      ],
      i32.isBelow(at.get, length.get),
    )
  })
}
