/** WebAssembly instructions as bytes, operands first. */
export type Code = readonly number[]

const valueTypes = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const
export type ValueType = keyof typeof valueTypes

export interface Local {
  readonly get: Code
  set(value: Code): Code
}

/** Declares a variable of a function, zero when it is called. */
export type NewLocal = (type: ValueType) => Local

export interface WasmFunction {
  readonly type: Code
  readonly body: Code
}

const binary =
  (...opcode: number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode]
const unary =
  (...opcode: number[]) =>
  (a: Code): Code => [...a, ...opcode]
const vector = (opcode: number): number[] => [0xfd, ...unsigned(opcode)]

/** An address operand is followed by a constant offset in bytes; alignment is a hint, 4 everywhere. */
const memory =
  (...opcode: number[]) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, 2, ...unsigned(offset)]

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  load: memory(0x28),
  store: (address: Code, value: Code): Code => [...address, ...value, 0x36, 2, 0],
  isNotEqual: binary(0x47),
  isBelow: binary(0x49),
  trailingZeros: unary(0x68),
  add: binary(0x6a),
  sub: binary(0x6b),
  and: binary(0x71),
  or: binary(0x72),
  shiftLeft: binary(0x74),
  shiftRight: binary(0x76),
  /** `a` where the condition is not 0, else `b`. */
  select: (condition: Code, a: Code, b: Code): Code => [...a, ...b, ...condition, 0x1b],
}

type Four = readonly [Code, Code, Code, Code]

/** Four single-precision numbers. `least` and `greatest` take the first operand where the comparison fails, NaN included. */
export const f32x4 = {
  load: memory(...vector(0x00)),
  loadSplat: memory(...vector(0x09)),
  /** The four numbers at four addresses: the first fills all lanes, the others replace one each. */
  gather: ([first, second, third, fourth]: Four): Code => [
    ...fourth,
    ...third,
    ...second,
    ...f32x4.loadSplat(first),
    ...[1, 2, 3].flatMap((lane) => [...vector(0x56), 2, 0, lane]),
  ],
  store: (address: Code, value: Code): Code => [...address, ...value, ...vector(0x0b), 2, 0],
  const: (value: number): Code => [...vector(0x0c), ...new Uint8Array(new Float32Array(4).fill(value).buffer)],
  splat: unary(...vector(0x13)),
  isAtMost: binary(...vector(0x45)),
  mask: unary(...vector(0xa4)),
  abs: unary(...vector(0xe0)),
  add: binary(...vector(0xe4)),
  sub: binary(...vector(0xe5)),
  mul: binary(...vector(0xe6)),
  least: binary(...vector(0xea)),
  greatest: binary(...vector(0xeb)),
}

/** Runs the body, and again while the condition holds after it. */
export function repeatWhile(body: Code, condition: Code): Code {
  return [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b]
}

export function when(condition: Code, body: Code): Code {
  return [...condition, 0x04, 0x40, ...body, 0x0b]
}

export function assembleFunction<const P extends readonly ValueType[]>(
  parameters: P,
  result: ValueType | null,
  build: (parameters: { [K in keyof P]: Local }, local: NewLocal) => Code,
): WasmFunction {
  const locals: ValueType[] = []
  const given = parameters.map((_, index) => localAt(index)) as { [K in keyof P]: Local }
  const code = build(given, (type) => localAt(parameters.length + locals.push(type) - 1))
  const declared = locals.flatMap((type) => [1, valueTypes[type]])
  return {
    type: [0x60, ...list(parameters.map((type) => [valueTypes[type]])), ...list(result ? [[valueTypes[result]]] : [])],
    body: sized([...unsigned(locals.length), ...declared, ...code, 0x0b]),
  }
}

/** Returns the binary of a module that imports memory `env.memory` and exports the functions by name. */
export function assembleModule(functions: Readonly<Record<string, WasmFunction>>): Uint8Array<ArrayBuffer> {
  const all = Object.entries(functions)
  const importMemory = [...text('env'), ...text('memory'), 0x02, 0x00, 0]
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      all.map(([, { type }]) => type),
    ),
    ...section(2, [importMemory]),
    ...section(
      3,
      all.map((_, index) => unsigned(index)),
    ),
    ...section(
      7,
      all.map(([name], index) => [...text(name), 0x00, ...unsigned(index)]),
    ),
    ...section(
      10,
      all.map(([, { body }]) => body),
    ),
  ])
}

function localAt(index: number): Local {
  return { get: [0x20, ...unsigned(index)], set: (value) => [...value, 0x21, ...unsigned(index)] }
}

function section(id: number, items: readonly Code[]): Code {
  return [id, ...sized(list(items))]
}

function list(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()]
}

function sized(code: Code): Code {
  return [...unsigned(code.length), ...code]
}

function text(ascii: string): Code {
  return sized(Array.from(ascii, (letter) => letter.charCodeAt(0)))
}

/** LEB128: seven bits a byte, lowest first, the top bit set on all but the last. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

function signed(value: number): number[] {
  const rest = value >> 7
  const isLast = (rest === 0 && (value & 0x40) === 0) || (rest === -1 && (value & 0x40) !== 0)
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(rest)]
}
