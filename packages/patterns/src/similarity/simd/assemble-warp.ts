import { pointBytes, readHeader } from './kernel-header.ts'
import {
  assembleFunction,
  type Code,
  f32x4,
  i32,
  type Local,
  repeatWhile,
  type WasmFunction,
  when,
} from './wasm-assembler.ts'

const vectorBytes = i32.const(16)
const infinity = f32x4.const(Number.POSITIVE_INFINITY)

/**
 * `warp(count, limit)`: computes the warping distance of the survivors, four at a time, one in each lane, and keeps those within the
 * limit. A row whose cheapest cell, with what the columns not yet reached cost at least, exceeds the limit in all four lanes ends
 * the four. Returns the number left.
 */
export function assembleWarp(): WasmFunction {
  return assembleFunction(['i32', 'f32'], 'i32', ([count, limit], local) => {
    const { read, header } = readHeader(
      ['closes', 'scale', 'shift', 'survivors', 'bands', 'aligned', 'ahead', 'row', 'length', 'radius'],
      local,
    )
    const list = local('i32')
    const end = local('i32')
    const out = local('i32')
    const windows = [local('i32'), local('i32'), local('i32'), local('i32')] as const
    const at = local('i32')
    const band = local('i32')
    const mask = local('i32')
    const rowAt = local('i32')
    const last = local('i32')
    const limits = local('v128')
    const scale = local('v128')
    const shift = local('v128')
    const value = local('v128')
    const sum = local('v128')
    const diagonal = local('v128')
    const above = local('v128')
    const left = local('v128')
    const least = local('v128')

    const [first, second, third, fourth] = windows
    const gather = (column: Code) => {
      const address = (window: Local) => i32.add(column, window.get)
      return f32x4.gather([address(first), address(second), address(third), address(fourth)])
    }
    const loadWindows: Code = [
      ...windows.flatMap((window, lane) => window.set(i32.shiftLeft(i32.load(list.get, lane * 4), i32.const(2)))),
      ...scale.set(gather(header.scale.get)),
      ...shift.set(gather(header.shift.get)),
    ]
    /** Writes the z-values of the four, and from each column on what the columns cost at least, from the last to the first. */
    const alignWindows: Code = [
      ...at.set(header.length.get),
      ...band.set(i32.add(header.bands.get, pointOffset(header.length.get))),
      ...sum.set(f32x4.const(0)),
      ...repeatWhile(
        [
          ...at.set(i32.sub(at.get, vectorBytes)),
          ...band.set(i32.sub(band.get, i32.const(pointBytes))),
          ...value.set(gather(i32.add(header.closes.get, i32.shiftRight(at.get, i32.const(2))))),
          ...value.set(f32x4.sub(f32x4.mul(value.get, scale.get), shift.get)),
          ...f32x4.store(i32.add(header.aligned.get, at.get), value.get),
          ...value.set(
            f32x4.sub(f32x4.abs(f32x4.sub(value.get, f32x4.loadSplat(band.get, 4))), f32x4.loadSplat(band.get, 8)),
          ),
          ...value.set(f32x4.greatest(value.get, f32x4.const(0))),
          ...sum.set(f32x4.add(sum.get, f32x4.mul(value.get, value.get))),
          ...f32x4.store(i32.add(header.ahead.get, at.get), sum.get),
          ...f32x4.store(i32.add(header.row.get, at.get), infinity),
        ],
        at.get,
      ),
    ]
    const beforeFirst = i32.sub(header.row.get, vectorBytes)
    const advance = (code: Code) => i32.add(code, at.get)
    const warpRow: Code = [
      ...at.set(
        i32.select(i32.isBelow(rowAt.get, header.radius.get), i32.const(0), i32.sub(rowAt.get, header.radius.get)),
      ),
      ...last.set(i32.add(rowAt.get, i32.add(header.radius.get, vectorBytes))),
      ...last.set(i32.select(i32.isBelow(last.get, header.length.get), last.get, header.length.get)),
      ...value.set(f32x4.loadSplat(i32.add(header.bands.get, pointOffset(rowAt.get)))),
      ...diagonal.set(f32x4.load(advance(beforeFirst))),
      ...left.set(infinity),
      ...least.set(infinity),
      ...repeatWhile(
        [
          ...above.set(f32x4.load(advance(header.row.get))),
          ...sum.set(f32x4.sub(value.get, f32x4.load(advance(header.aligned.get)))),
          ...left.set(
            f32x4.add(f32x4.least(f32x4.least(diagonal.get, above.get), left.get), f32x4.mul(sum.get, sum.get)),
          ),
          ...f32x4.store(advance(header.row.get), left.get),
          ...least.set(f32x4.least(least.get, left.get)),
          ...diagonal.set(above.get),
          ...at.set(i32.add(at.get, vectorBytes)),
        ],
        i32.isBelow(at.get, last.get),
      ),
      ...f32x4.store(beforeFirst, infinity),
      ...least.set(f32x4.add(least.get, f32x4.load(i32.add(header.ahead.get, last.get)))),
      ...mask.set(f32x4.mask(f32x4.isAtMost(least.get, limits.get))),
      ...rowAt.set(i32.add(rowAt.get, vectorBytes)),
    ]
    const writeSurvivors = repeatWhile(
      [
        ...i32.store(out.get, i32.load(i32.add(list.get, i32.shiftLeft(i32.trailingZeros(mask.get), i32.const(2))))),
        ...out.set(i32.add(out.get, i32.const(4))),
        ...mask.set(i32.and(mask.get, i32.sub(mask.get, i32.const(1)))),
      ],
      mask.get,
    )
    /** Lanes beyond the end of the list do not count. */
    const maskOfList = i32.select(
      i32.isBelow(i32.sub(end.get, list.get), vectorBytes),
      i32.sub(i32.shiftLeft(i32.const(1), i32.shiftRight(i32.sub(end.get, list.get), i32.const(2))), i32.const(1)),
      i32.const(15),
    )
    return [
      ...read,
      ...limits.set(f32x4.splat(limit.get)),
      ...list.set(header.survivors.get),
      ...out.set(header.survivors.get),
      ...end.set(i32.add(header.survivors.get, i32.shiftLeft(count.get, i32.const(2)))),
      // The last four may reach beyond the list: window 0 stands in.
      ...f32x4.store(end.get, f32x4.const(0)),
      ...repeatWhile(
        [
          ...loadWindows,
          ...alignWindows,
          ...f32x4.store(beforeFirst, f32x4.const(0)),
          ...rowAt.set(i32.const(0)),
          ...repeatWhile(
            warpRow,
            i32.and(i32.isNotEqual(mask.get, i32.const(0)), i32.isBelow(rowAt.get, header.length.get)),
          ),
          ...mask.set(i32.and(mask.get, f32x4.mask(f32x4.isAtMost(left.get, limits.get)))),
          ...mask.set(i32.and(mask.get, maskOfList)),
          ...when(mask.get, writeSurvivors),
          ...list.set(i32.add(list.get, vectorBytes)),
        ],
        i32.isBelow(list.get, end.get),
      ),
      ...i32.shiftRight(i32.sub(out.get, header.survivors.get), i32.const(2)),
    ]
  })
}

/** Three words a point where a vector takes four. */
function pointOffset(vectorOffset: Code): Code {
  return i32.sub(vectorOffset, i32.shiftRight(vectorOffset, i32.const(2)))
}
