import { DatabaseSync } from 'node:sqlite'
import { BackupRefusedError } from '../start-errors.ts'
import { readPragma } from './sqlite-connection.ts'

export interface CopyContents {
  /** Name of the newest migration that had run. */
  readonly schema: string
  /** Rows per table. */
  readonly rows: Readonly<Record<string, number>>
}

/**
 * Checks every page of a copy nobody else has open, makes it one file that needs no journal beside it, and returns what it
 * holds. Throws {@link BackupRefusedError} when it is damaged. Blocks the thread for as long as reading the file takes.
 */
export function verifyCopy(file: string): CopyContents {
  const connection = new DatabaseSync(file)
  try {
    connection.exec('pragma journal_mode = delete')
    const answer = readPragma(connection, 'integrity_check(1)')
    if (answer !== 'ok') throw new BackupRefusedError(`The copy ${file} is damaged: ${answer}.`)
    return { schema: readSchema(connection), rows: countRows(connection) }
  } catch (cause) {
    if (cause instanceof BackupRefusedError) throw cause
    throw new BackupRefusedError(`The copy ${file} is not a readable database of this program.`, { cause })
  } finally {
    connection.close()
  }
}

function readSchema(connection: DatabaseSync): string {
  const row = connection.prepare('select name from schema_migrations order by position desc limit 1').get()
  return String(row?.['name'] ?? '')
}

function countRows(connection: DatabaseSync): Record<string, number> {
  const tables = connection.prepare(`select name from sqlite_schema where type = 'table' order by name`).all()
  const names = tables.map((table) => String(table['name'])).filter((name) => !name.startsWith('sqlite_'))
  return Object.fromEntries(names.map((name) => [name, Number(countOf(connection, name))]))
}

function countOf(connection: DatabaseSync, table: string): unknown {
  return connection.prepare(`select count(*) as rows from "${table}"`).get()?.['rows']
}
