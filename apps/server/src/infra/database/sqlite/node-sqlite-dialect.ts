import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type TransactionSettings,
} from 'kysely'

const busyRetryMs = 5
const busyTries = 400

/** Kysely's SQLite dialect on `node:sqlite`, with immediate write transactions. Closing Kysely closes the connection. */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase

  constructor(connection: DatabaseSync) {
    const database = asKyselyDatabase(connection)
    super({ database })
    this.#database = database
  }

  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.#database })
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalDdlAdapter()
  }
}

/**
 * Takes the write lock at the start of a transaction: a deferred one that reads and then writes fails at once with
 * SQLITE_BUSY_SNAPSHOT. The lock is waited for in steps that leave the event loop free, since SQLite's own wait blocks it.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const begin = CompiledQuery.raw(settings?.accessMode === 'read only' ? 'begin' : 'begin immediate')
    for (let attempt = 1; ; attempt++) {
      try {
        await connection.executeQuery(begin)
        return
      } catch (error) {
        if (!isBusy(error) || attempt === busyTries) throw error
        await sleep(busyRetryMs)
      }
    }
  }
}

class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

function asKyselyDatabase(connection: DatabaseSync): SqliteDatabase {
  return {
    close: () => connection.close(),
    prepare(sql) {
      const statement = connection.prepare(sql)
      const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[]
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      }
    },
  }
}

/** Tells whether an error is SQLite's "another connection holds the lock", in any of its variants. */
export function isBusy(error: unknown): boolean {
  const sqliteBusy = 5
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === sqliteBusy
  )
}
