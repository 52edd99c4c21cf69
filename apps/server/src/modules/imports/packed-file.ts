import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { type Readable, Transform, type TransformCallback } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { ImportFileError } from './import-file-error.ts'

/** One table of data inside what the user named: a file itself, or one entry of a zip. Packing is hidden from here on. */
export interface PackedTable {
  /** As shown to people: the path, for a zip entry with `!entry` behind it. */
  readonly label: string
  /** File name without folder, with the unpacked extension: the date of a daily file stands in it. */
  readonly name: string
  /**
   * SHA-256 of the packed bytes; for an entry of a zip with several, of the zip's digest and the entry's name, so that each entry
   * is remembered by itself.
   */
  readonly sha256: string
  /** Packed bytes, for progress. */
  readonly bytes: number
  /** Opens the unpacked bytes. The stream fails with {@link ImportFileError} when a limit is passed or the packing is broken. */
  open(progress: (packedBytesRead: number) => void): Promise<Readable>
}

/** Limits against bombs: what is larger is refused, not cut. */
const maxUnpackedBytes = 4 * 1024 ** 3
const maxRatio = 200
const ratioCheckedFrom = 32 * 1024 ** 2
const maxEntries = 10_000
const readSize = 1 << 16

/**
 * Calls `use` for each table of a file, one after the other. The packed bytes are hashed in a pass of their own before the first
 * row is read (about 1 GB/s), because only the digest tells whether the file must be read at all.
 */
export async function eachTable(
  path: string,
  bytes: number,
  signal: AbortSignal,
  use: (table: PackedTable) => Promise<void>,
): Promise<void> {
  const sha256 = await digestOf(path, signal)
  if (/\.zip$/i.test(path)) return await eachEntry(path, sha256, use)
  await use({
    label: path,
    name: basename(path).replace(/\.gz$/i, ''),
    sha256,
    bytes,
    open: async (progress) => {
      const raw = createReadStream(path, { highWaterMark: readSize })
      return unpack(raw, path, createProgressTap(progress), null)
    },
  })
}

async function digestOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { signal })
  } catch (cause) {
    signal.throwIfAborted()
    throw toFileError(cause)
  }
  return hash.digest('hex')
}

async function eachEntry(path: string, sha256: string, use: (table: PackedTable) => Promise<void>): Promise<void> {
  const zip = await openPromise(path, { autoClose: false }).catch((cause: unknown) => {
    throw damagedArchive(cause)
  })
  try {
    const entries = await listEntries(zip)
    for (const entry of entries)
      await use(toTable(zip, entry, path, entries.length === 1 ? sha256 : digestOfEntry(sha256, entry)))
  } finally {
    zip.close()
  }
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > maxEntries) {
    throw new ImportFileError('too_large', `The zip archive has more than ${maxEntries} entries.`)
  }
  const entries: Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) if (isData(entry.fileName)) entries.push(entry)
  } catch (cause) {
    throw damagedArchive(cause)
  }
  if (entries.length === 0) throw new ImportFileError('malformed', 'The zip archive is empty.')
  return entries.sort((a, b) => (a.fileName < b.fileName ? -1 : 1))
}

function damagedArchive(cause: unknown): ImportFileError {
  return new ImportFileError('malformed', 'The zip archive is damaged.', { cause })
}

/** Folders and what macOS adds to archives hold no data. */
function isData(entryName: string): boolean {
  return !entryName.endsWith('/') && !/(?:^|\/)(?:__MACOSX\/|\.)/.test(entryName)
}

function digestOfEntry(sha256: string, entry: Entry): string {
  return createHash('sha256').update(`${sha256}\0${entry.fileName}`).digest('hex')
}

function toTable(zip: ZipFile, entry: Entry, path: string, sha256: string): PackedTable {
  return {
    label: `${path}!${entry.fileName}`,
    name: basename(entry.fileName).replace(/\.gz$/i, ''),
    sha256,
    bytes: entry.compressedSize,
    open: async (progress) => {
      if (entry.isEncrypted()) throw new ImportFileError('unreadable', 'The zip entry is encrypted.')
      if (entry.uncompressedSize > maxUnpackedBytes) throw tooLarge()
      const share = entry.compressedSize / Math.max(1, entry.uncompressedSize)
      const raw = await zip.openReadStreamPromise(entry).catch((cause: unknown) => {
        throw new ImportFileError('malformed', 'The zip entry is damaged.', { cause })
      })
      return unpack(
        raw,
        entry.fileName,
        createProgressTap((read) => progress(read * share)),
        entry.compressedSize,
      )
    },
  }
}

/** Chains tap, gunzip where the name asks for it, and the limit; the last stream carries every failure. */
function unpack(raw: Readable, name: string, tap: ProgressTap, compressedSize: number | null): Readable {
  const limit = createLimit(() => compressedSize ?? tap.bytesRead())
  const steps = /\.gz$/i.test(name)
    ? [raw, tap.stream, createGunzip({ chunkSize: readSize }), limit]
    : [raw, tap.stream, limit]
  // pipeline() destroys every step with the first error, so the reader of `limit` sees it; the promise repeats it.
  pipeline(steps).catch((cause: unknown) => limit.destroy(cause instanceof Error ? cause : new Error(String(cause))))
  // An error between opening and the first read must wait for the reader instead of ending the process.
  limit.on('error', () => limit.pause())
  return limit
}

interface ProgressTap {
  readonly stream: Transform
  bytesRead(): number
}

function createProgressTap(progress: (bytes: number) => void): ProgressTap {
  let read = 0
  const stream = new Transform({
    highWaterMark: readSize,
    transform(chunk: Buffer, _encoding, done) {
      read += chunk.length
      progress(read)
      done(null, chunk)
    },
  })
  return { stream, bytesRead: () => read }
}

function createLimit(packedBytes: () => number): Transform {
  let unpacked = 0
  return new Transform({
    highWaterMark: readSize,
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      unpacked += chunk.length
      const bomb = unpacked > ratioCheckedFrom && unpacked > packedBytes() * maxRatio
      if (unpacked > maxUnpackedBytes || bomb) done(tooLarge())
      else done(null, chunk)
    },
  })
}

function tooLarge(): ImportFileError {
  return new ImportFileError('too_large', 'The file unpacks to more than 4 GiB, or to more than 200 times its size.')
}

/** Translates what Node says about a broken stream; our own errors pass. */
export function toFileError(cause: unknown): unknown {
  if (cause instanceof ImportFileError || !(cause instanceof Error)) return cause
  const code = 'code' in cause ? String(cause.code) : ''
  if (code.startsWith('Z_')) return new ImportFileError('malformed', 'The gzip data is damaged or cut off.', { cause })
  if (/^E[A-Z]+$/.test(code)) return new ImportFileError('unreadable', 'The file cannot be read.', { cause })
  return cause
}
