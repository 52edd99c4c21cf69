import { randomBytes } from 'node:crypto'
import { keyFileRefused, parseBase64url, parseJsonObject } from './key-problem.ts'

/** The installation's root secrets as `pepper.json` holds them. */
export interface PepperFile {
  /** Names the installation's secrets as a whole, 16 hex characters; no secret. */
  readonly id: string
  /** Id of the key that seals; all of them open. */
  readonly current: string
  /** Oldest first. MACs and the MPIN pepper come from the first, which therefore lives as long as the database. */
  readonly keys: readonly PepperKey[]
}

export interface PepperKey {
  /** Part of every sealed text. */
  readonly id: string
  /** At least 32 bytes. */
  readonly key: Buffer
}

const keyBytes = 32
const idForm = /^[A-Za-z0-9_-]{1,32}$/

/** Returns the content of a new installation's file: one key of 256 random bits. */
export function newPepperText(): string {
  const key = { id: 'k1', key: randomBytes(keyBytes).toString('base64url') }
  return `${JSON.stringify({ id: randomBytes(8).toString('hex'), current: key.id, keys: [key] }, null, 2)}\n`
}

/** Returns the file's secrets; throws `ConfigurationRefusedError` for anything that is not exactly such a file. */
export function parsePepper(text: string, file: string): PepperFile {
  const content = parseJsonObject(text)
  if (content === null) throw keyFileRefused(file, 'is not a JSON object')
  const { id, current } = content
  if (typeof id !== 'string' || !/^[0-9a-f]{16}$/.test(id)) throw keyFileRefused(file, 'has no id of 16 hex characters')
  const keys = (Array.isArray(content['keys']) ? content['keys'] : []).map((entry) => parseKey(entry, file))
  if (new Set(keys.map((key) => key.id)).size !== keys.length) throw keyFileRefused(file, 'names two keys alike')
  if (typeof current !== 'string' || !keys.some((key) => key.id === current)) {
    throw keyFileRefused(file, 'does not hold its current key')
  }
  return { id, current, keys }
}

function parseKey(entry: unknown, file: string): PepperKey {
  const { id, key } = Object(entry)
  if (typeof id !== 'string' || !idForm.test(id)) throw keyFileRefused(file, 'has a key without an id')
  const bytes = parseBase64url(key)
  if (bytes === null) throw keyFileRefused(file, 'has a key that is not base64url')
  if (bytes.length < keyBytes) throw keyFileRefused(file, 'has a key shorter than 256 bit')
  return { id, key: bytes }
}
