const overheadBytes = 32

/** Returns roughly how many bytes of memory a cached value holds; exact for typed arrays, which is where the bytes are. */
export function estimateBytes(value: unknown): number {
  if (typeof value === 'string') return overheadBytes + 2 * value.length
  if (typeof value !== 'object' || value === null) return 8
  if (ArrayBuffer.isView(value)) return overheadBytes + value.byteLength
  return Object.values(value).reduce<number>((sum, part) => sum + estimateBytes(part), overheadBytes)
}
