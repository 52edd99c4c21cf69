import { ConfigurationRefusedError } from '../database/start-errors.ts'
import { createPrivateFile, type PrivateText, readPrivateFile, versionOf } from './private-file.ts'

/** A file of keys as it was last read. */
export interface KeyFile<T> {
  value(): T
  /** Reads the file again when it has changed; tells whether it had. Throws and keeps the former value when it is not valid. */
  reload(): boolean
}

export interface KeyFileParts<T> {
  readonly file: string
  /** Returns what the file begins with when there is none. */
  readonly first: () => string
  /** Throws `ConfigurationRefusedError` when the text is not valid. */
  readonly parse: (text: string, file: string) => T
}

export function openKeyFile<T>({ file, first, parse }: KeyFileParts<T>): KeyFile<T> {
  const found = readPrivateFile(file) ?? createAndRead(file, first)
  let { version } = found
  let value = parse(found.text, file)
  return {
    value: () => value,
    reload() {
      if (versionOf(file) === version) return false
      const read = readOrRefuse(file)
      value = parse(read.text, file)
      version = read.version
      return true
    },
  }
}

/** Of two processes that start at once one creates the file, and both read that one. */
function createAndRead(file: string, first: () => string): PrivateText {
  createPrivateFile(file, first())
  return readOrRefuse(file)
}

function readOrRefuse(file: string): PrivateText {
  const read = readPrivateFile(file)
  if (read === null) throw new ConfigurationRefusedError(`${file} is gone. Restore it from your backup of the keys.`)
  return read
}
