import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { BackupRefusedError } from '../start-errors.ts'

/** Says what a backup holds; stands beside it as `<file>.manifest.json`. */
export interface BackupManifest {
  /** Lower-case hex SHA-256 of the backup's bytes. */
  readonly sha256: string
  /** Name of the newest migration that had run. */
  readonly schema: string
  /** Wall clock, ISO 8601. */
  readonly createdAt: string
  /** Rows per table. */
  readonly rows: Readonly<Record<string, number>>
}

export function manifestPath(file: string): string {
  return `${file}.manifest.json`
}

/** Returns the manifest beside a backup. Throws when there is none or it is not one of ours. */
export function readManifest(file: string): BackupManifest {
  try {
    return parseManifest(JSON.parse(readFileSync(manifestPath(file), 'utf8')))
  } catch (cause) {
    throw new BackupRefusedError(`${manifestPath(file)} is missing or not a backup's manifest.`, { cause })
  }
}

function parseManifest(value: unknown): BackupManifest {
  const { sha256, schema, createdAt, rows } = Object(value)
  const isText = [sha256, schema, createdAt].every((text) => typeof text === 'string')
  if (!isText || typeof rows !== 'object' || rows === null) throw new TypeError('A field is missing.')
  return { sha256, schema, createdAt, rows }
}

/** Returns the lower-case hex SHA-256 of a file nobody writes. Reads it as a stream. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
