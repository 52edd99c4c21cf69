/**
 * One bit per candle, 32 candles to a word, the oldest in the lowest bit; bits past the last candle are 0. A pattern asks few
 * things of many candles: with bits, one operation answers for 32 of them.
 */
export type BitColumn = Int32Array

/** Returns where `a` is above `b`, as far as both reach. */
export function whereAbove(a: Float64Array, b: Float64Array): BitColumn {
  const length = Math.min(a.length, b.length)
  const bits = createBits(length)
  let i = 0
  for (let w = 0; w < bits.length; w++) {
    const end = Math.min(length, (w + 1) * 32)
    let word = 0
    // Shifts count modulo 32. No branch: both outcomes are common and follow no order.
    for (; i < end; i++) word |= Number((a[i] ?? Number.NaN) > (b[i] ?? Number.NaN)) << i
    bits[w] = word
  }
  return bits
}

/** Returns where the bit is not set, of `length` candles. */
export function whereNot(bits: BitColumn, length: number): BitColumn {
  const others = createBits(length)
  for (let w = 0; w < others.length; w++) others[w] = ~(bits[w] ?? 0)
  clearPast(others, length)
  return others
}

/** Returns the bits, each moved to the candle after its own, of `length` candles. */
export function oneLater(bits: BitColumn, length: number): BitColumn {
  const later = createBits(length)
  let before = 0
  for (let w = 0; w < later.length; w++) {
    const word = w < bits.length ? (bits[w] ?? 0) : 0
    later[w] = (word << 1) | (before >>> 31)
    before = word
  }
  return later
}

export function createBits(length: number): BitColumn {
  return new Int32Array(Math.ceil(length / 32))
}

/** Sets the bits from `start` on, of `length` bits, and clears the others. */
export function setFrom(bits: BitColumn, start: number, length: number): void {
  bits.fill(0)
  if (start >= length) return
  bits.fill(-1, start >> 5)
  bits[start >> 5] = -1 << start
  clearPast(bits, length)
}

/** Clears the bits past the last candle in the last word. */
function clearPast(bits: BitColumn, length: number): void {
  const last = bits.length - 1
  if (last >= 0) bits[last] = (bits[last] ?? 0) & (-1 >>> -length)
}

/** Clears the bits of candles whose predecessor `ago` candles before (0 to 31) is not set in `wanted`. */
export function keepWhere(bits: BitColumn, wanted: BitColumn, ago: number): void {
  if (ago === 0) {
    for (let w = 0; w < bits.length; w++) bits[w] = (bits[w] ?? 0) & (wanted[w] ?? 0)
    return
  }
  let before = 0
  for (let w = 0; w < bits.length; w++) {
    const word = wanted[w] ?? 0
    bits[w] = (bits[w] ?? 0) & ((word << ago) | (before >>> (32 - ago)))
    before = word
  }
}

/** Writes a value wherever a bit is set. */
export function writeWhere(values: Int16Array, bits: BitColumn, value: number): void {
  for (let w = 0; w < bits.length; w++)
    for (let word = bits[w] ?? 0; word !== 0; word &= word - 1) values[w * 32 + lowestBit(word)] = value
}

/** Writes the indices of the set bits to `indices`, ascending, and returns how many there are. */
export function listBits(bits: BitColumn, indices: Int32Array): number {
  let count = 0
  for (let w = 0; w < bits.length; w++)
    for (let word = bits[w] ?? 0; word !== 0; word &= word - 1) indices[count++] = w * 32 + lowestBit(word)
  return count
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word)
}
