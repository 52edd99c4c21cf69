import { pointsPerGroup } from '../bound-kernel.ts'
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

/** Windows bounded at once: two vectors, so that one's additions run while the other's wait. */
export const windowsAtOnce = 8

/** Four windows: the lanes of three vectors, `offset` bytes after the first four. */
interface Lane {
  readonly offset: number
  readonly scale: Local
  readonly shift: Local
  readonly sum: Local
}

/**
 * `filter(from, end, limit)`: bounds the windows at bytes [from, end) of the columns, eight at a time, by their closes against the
 * query's envelope and, where any of the eight is left, by the query against the closes' envelope. Returns the number of survivors.
 */
export function assembleFilter(): WasmFunction {
  return assembleFunction(['i32', 'i32', 'f32'], 'i32', ([window, end, limit], local) => {
    const { read, header } = readHeader(
      ['closes', 'scale', 'shift', 'centre', 'half', 'queryPoints', 'queryEnd', 'shapePoints', 'shapeEnd', 'survivors'],
      local,
    )
    const point = local('i32')
    const at = local('i32')
    const mask = local('i32')
    const alive = local('i32')
    const out = local('i32')
    const limits = local('v128')
    const centre = local('v128')
    const half = local('v128')
    const apart = local('v128')
    const laneAt = (offset: number): Lane => ({
      offset,
      scale: local('v128'),
      shift: local('v128'),
      sum: local('v128'),
    })
    const low = laneAt(0)
    const high = laneAt(16)

    const loadLane = ({ offset, scale, shift }: Lane): Code => [
      ...scale.set(f32x4.load(i32.add(header.scale.get, window.get), offset)),
      ...shift.set(f32x4.load(i32.add(header.shift.get, window.get), offset)),
    ]
    const loadPoint = (place: number): Code => [
      ...at.set(i32.add(window.get, i32.load(point.get, place))),
      ...centre.set(f32x4.loadSplat(point.get, place + 4)),
      ...half.set(f32x4.loadSplat(point.get, place + 8)),
    ]
    /** sum += max(0, |value × scale − shift − centre| − width)²; NaN stays NaN. */
    const addTerm = ({ scale, shift, sum }: Lane, value: Code, width: Code): Code => [
      ...apart.set(
        f32x4.sub(f32x4.abs(f32x4.sub(f32x4.sub(f32x4.mul(value, scale.get), shift.get), centre.get)), width),
      ),
      ...apart.set(f32x4.greatest(apart.get, f32x4.const(0))),
      ...sum.set(f32x4.add(sum.get, f32x4.mul(apart.get, apart.get))),
    ]
    const load = (column: Local, { offset }: Lane) => f32x4.load(i32.add(column.get, at.get), offset)
    const queryTerm = (lane: Lane) => addTerm(lane, load(header.closes, lane), half.get)
    const shapeTerm = (lane: Lane) =>
      addTerm(lane, load(header.centre, lane), f32x4.mul(load(header.half, lane), lane.scale.get))
    const within = ({ sum }: Lane) => f32x4.mask(f32x4.isAtMost(sum.get, limits.get))

    /** Adds up groups of points until no window is within the limit or the points end; leaves the mask of those within. */
    const pass = (first: Local, last: Local, term: (lane: Lane) => Code): Code => [
      ...point.set(first.get),
      ...low.sum.set(f32x4.const(0)),
      ...high.sum.set(f32x4.const(0)),
      ...repeatWhile(
        [
          ...Array.from({ length: pointsPerGroup }, (_, i) => [
            ...loadPoint(i * pointBytes),
            ...term(low),
            ...term(high),
          ]).flat(),
          ...mask.set(i32.or(within(low), i32.shiftLeft(within(high), i32.const(4)))),
          ...point.set(i32.add(point.get, i32.const(pointsPerGroup * pointBytes))),
        ],
        i32.and(i32.isNotEqual(mask.get, i32.const(0)), i32.isBelow(point.get, last.get)),
      ),
    ]
    const writeSurvivors = repeatWhile(
      [
        ...i32.store(out.get, i32.add(i32.shiftRight(window.get, i32.const(2)), i32.trailingZeros(alive.get))),
        ...out.set(i32.add(out.get, i32.const(4))),
        ...alive.set(i32.and(alive.get, i32.sub(alive.get, i32.const(1)))),
      ],
      alive.get,
    )
    const hasShapePoints = i32.isBelow(header.shapePoints.get, header.shapeEnd.get)
    return [
      ...read,
      ...limits.set(f32x4.splat(limit.get)),
      ...out.set(header.survivors.get),
      ...repeatWhile(
        [
          ...loadLane(low),
          ...loadLane(high),
          ...pass(header.queryPoints, header.queryEnd, queryTerm),
          ...alive.set(mask.get),
          ...when(i32.and(i32.isNotEqual(alive.get, i32.const(0)), hasShapePoints), [
            ...pass(header.shapePoints, header.shapeEnd, shapeTerm),
            ...alive.set(i32.and(alive.get, mask.get)),
          ]),
          ...when(alive.get, writeSurvivors),
          ...window.set(i32.add(window.get, i32.const(windowsAtOnce * 4))),
        ],
        i32.isBelow(window.get, end.get),
      ),
      ...i32.shiftRight(i32.sub(out.get, header.survivors.get), i32.const(2)),
    ]
  })
}
