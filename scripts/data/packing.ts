import { createHash } from 'node:crypto'
import { constants, gunzipSync, gzipSync } from 'node:zlib'

/** Returns the text as gzip bytes that depend on nothing but the text and the zlib in use: no time, no name, no operating system. */
export function pack(text: string): Buffer {
  const packed = gzipSync(text, { level: constants.Z_BEST_COMPRESSION, memLevel: constants.Z_MAX_MEMLEVEL })
  // Byte 9 of the header names the operating system (RFC 1952 §2.3.1); 255 is "unknown".
  packed[9] = 255
  return packed
}

/** Returns the text of a file's bytes, unpacked when its name ends in `.gz`. */
export function unpack(name: string, bytes: Buffer): string {
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

/** Returns the SHA-256 of bytes, lower-case hex. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
