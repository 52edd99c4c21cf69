import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import { CallFault } from './call-fault.ts'

interface Limit {
  readonly maxOutputLength: number
}
type Unpacker = (packed: Buffer, limit: Limit) => Promise<Buffer>

const asGzip = promisify<Buffer, Limit, Buffer>(gunzip)
const asZlib = promisify<Buffer, Limit, Buffer>(inflate)
const asRaw = promisify<Buffer, Limit, Buffer>(inflateRaw)
const asBrotli = promisify<Buffer, Limit, Buffer>(brotliDecompress)
const asIs: Unpacker = async (plain) => plain

const unpackers: ReadonlyMap<string, Unpacker> = new Map([
  ['', asIs],
  ['identity', asIs],
  ['gzip', asGzip],
  ['x-gzip', asGzip],
  ['br', asBrotli],
  // Some servers leave out the wrapper that this name stands for; the first byte tells.
  ['deflate', (packed, limit) => (((packed[0] ?? 0) & 0x0f) === 8 ? asZlib(packed, limit) : asRaw(packed, limit))],
])

/** Undoes one content encoding, and never makes more than `limit` bytes. Rejects with a {@link CallFault}, `malformed`. */
export async function unpack(packed: Buffer, encoding: string, limit: number): Promise<Buffer> {
  const unpacker = unpackers.get(encoding.trim().toLowerCase())
  if (unpacker === undefined) throw new CallFault('malformed', { code: 'UNKNOWN_ENCODING' })
  // Errors and answers to HEAD name an encoding and may have no body.
  if (packed.length === 0) return packed
  try {
    return await unpacker(packed, { maxOutputLength: limit })
  } catch (cause) {
    const isTooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
    throw new CallFault('malformed', { code: isTooLarge ? 'TOO_LARGE' : 'BAD_ENCODING', cause })
  }
}
