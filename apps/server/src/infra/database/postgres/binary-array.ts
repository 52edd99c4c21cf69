/** PostgreSQL's element types by object id (pg_type.dat, fixed) and their width in bytes. */
const elementTypes = {
  integer: { oid: 23, width: 4, put: (buffer: Buffer, value: number, at: number) => buffer.writeInt32BE(value, at) },
  bigint: { oid: 20, width: 8, put: putBigint },
  float8: { oid: 701, width: 8, put: putFloat8 },
}

const headerBytes = 20

/**
 * Returns numbers as a one-dimensional array in PostgreSQL's binary form (`array_recv`), which pg sends as such because it is a
 * buffer: neither side writes or reads digits, and every bit of a price arrives. Throws for a fraction where integers are due.
 */
export function toBinaryArray(type: keyof typeof elementTypes, values: ArrayLike<number>): Buffer {
  const { oid, width, put } = elementTypes[type]
  const buffer = Buffer.allocUnsafe(headerBytes + values.length * (4 + width))
  // Dimensions, has-nulls flag, element type, length, first index.
  for (const [i, field] of [1, 0, oid, values.length, 1].entries()) buffer.writeInt32BE(field, i * 4)
  let at = headerBytes
  for (let i = 0; i < values.length; i++) {
    at = buffer.writeInt32BE(width, at)
    at = put(buffer, values[i] ?? Number.NaN, at)
  }
  return buffer
}

/** As two halves: a BigInt for each row would cost more than the rest together. */
function putBigint(buffer: Buffer, value: number, at: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError('A time is not a whole number of milliseconds.')
  const high = Math.floor(value / 2 ** 32)
  return buffer.writeUInt32BE(value - high * 2 ** 32, buffer.writeInt32BE(high, at))
}

/** Adding 0 turns −0 into 0, as SQLite stores it. */
function putFloat8(buffer: Buffer, value: number, at: number): number {
  return buffer.writeDoubleBE(value + 0, at)
}
