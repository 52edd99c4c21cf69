import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AbortableOperationOptions,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type TransactionSettings,
} from 'kysely'
import { isBusy } from './error-code.ts'
import { orUnavailable, toUnavailable } from './unavailable.ts'

const busyRetryMs = 5

export interface NodeSqliteOptions {
  /** How long a transaction waits for another connection's write lock before it is `unavailable`. By default 2 s. */
  readonly patienceMs?: number
}

/**
 * Kysely's SQLite dialect on `node:sqlite`, with immediate write transactions and the failures of lock and disk as `unavailable`.
 * Closing Kysely closes the connection.
 */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #connection: DatabaseSync
  readonly #patienceMs: number

  constructor(connection: DatabaseSync, options: NodeSqliteOptions = {}) {
    super({ database: asKyselyDatabase(connection) })
    this.#connection = connection
    this.#patienceMs = options.patienceMs ?? 2_000
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#connection, this.#patienceMs)
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
  readonly #connection: DatabaseSync
  readonly #busyTries: number
  /** Of whoever holds the connection now. */
  #signal: AbortSignal | null = null

  constructor(connection: DatabaseSync, patienceMs: number) {
    super({ database: asKyselyDatabase(connection) })
    this.#connection = connection
    this.#busyTries = Math.ceil(patienceMs / busyRetryMs)
  }

  override async acquireConnection(options?: AbortableOperationOptions): Promise<DatabaseConnection> {
    this.#signal = options?.signal ?? null
    return super.acquireConnection()
  }

  override async beginTransaction(_connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const begin = settings?.accessMode === 'read only' ? 'begin' : 'begin immediate'
    for (let attempt = 1; ; attempt++) {
      try {
        this.#connection.exec(begin)
        return
      } catch (error) {
        if (!isBusy(error) || attempt >= this.#busyTries || this.#signal?.aborted) throw toUnavailable(error)
        await sleep(busyRetryMs)
      }
    }
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // SQLite ends the transaction by itself when the disk is full or fails; the complaint about that would hide the failure.
    if (this.#connection.isTransaction) await super.rollbackTransaction(connection)
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
      const statement = orUnavailable(() => connection.prepare(sql))
      const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[]
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => orUnavailable(() => statement.all(...values(parameters))),
        run: (parameters) => orUnavailable(() => statement.run(...values(parameters))),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      }
    },
  }
}
