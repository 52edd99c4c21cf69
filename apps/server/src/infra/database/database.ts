import type { Clock } from '@banyan/domain'
import type { CompiledQuery, Kysely, Transaction } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Engine, Migration } from './migrations/migration.ts'
import type { Schema } from './schema.ts'

export type DatabaseOptions =
  | { readonly kind: 'sqlite'; readonly homeDir: string }
  /** The URL carries a password: it never enters a message. */
  | { readonly kind: 'postgres'; readonly url: string }

/** What opening a database needs from outside. */
export interface DatabaseEnvironment {
  readonly clock: Clock
  /** Hears of connections that broke while idle; the pool replaces them by itself. */
  onBackgroundError(error: Error): void
  /** Hears each statement of a migration just before it runs: for the log, and for tests that stop there. */
  onMigrationStatement?(migration: string, index: number): void
  /** Defaults to the release's own list. */
  readonly migrations?: readonly Migration[]
}

/** The open store of one process. */
export interface Database {
  readonly engine: Engine
  /** The one writing connection on SQLite. Inside a transaction use its executor only: a query on `writer` would wait for ever. */
  readonly writer: Kysely<Schema>
  readonly reader: ReadonlyKysely<Schema>
  /**
   * Runs `work` in one writing transaction, all or nothing. After a conflict with another instance it runs again from its beginning, so it
   * must have no effect but through the transaction. Throws `unavailable` when it cannot be had in time; a commit whose reply was
   * lost is `unavailable` too, and may have happened.
   */
  transact<T>(work: (trx: Transaction<Schema>) => Promise<T>): Promise<T>
  /** Runs a compiled query on the reading side and returns rows as arrays, in the order of its columns: the hot path. */
  readArrays(query: CompiledQuery): Promise<readonly (readonly unknown[])[]>
  /** Resolves when the database answers, rejects when it does not. Unbounded: the caller sets the deadline. */
  ping(): Promise<void>
  /** Copies the database as of one commit to `toPath`, while it is in use. The copy is unverified. Rejects on PostgreSQL, which has pg_dump. */
  backup(toPath: string): Promise<void>
  /** Flushes, closes and frees the data folder. Queries must have ended. A second call does nothing. */
  close(): Promise<void>
}
