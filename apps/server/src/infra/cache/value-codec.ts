import type { CacheSerializer } from 'bentocache/types'

const numbersTag = '$f64'

/**
 * Turns cached values into text for the shared cache and back: JSON, with `Float64Array` as the base64 of its bytes, so that
 * candle columns survive bit for bit (NaN and -0 included) at 10.7 characters a number. The bytes are little-endian, as on
 * every platform Node runs on. Anything else JSON cannot hold is refused by nobody: cache plain data only.
 */
export const valueCodec = {
  serialize: (value: unknown): string => JSON.stringify(value, encodeColumn),
  deserialize: (text: string): unknown => JSON.parse(text, decodeColumn),
} satisfies CacheSerializer

function encodeColumn(_key: string, value: unknown): unknown {
  if (!(value instanceof Float64Array)) return value
  return { [numbersTag]: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') }
}

function decodeColumn(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(numbersTag in value)) return value
  const encoded = value[numbersTag]
  if (typeof encoded !== 'string') return value
  const bytes = Buffer.from(encoded, 'base64')
  const column = new Float64Array(bytes.byteLength / 8)
  new Uint8Array(column.buffer).set(bytes)
  return column
}
