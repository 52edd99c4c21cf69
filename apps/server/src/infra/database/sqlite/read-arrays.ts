import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { CompiledQuery } from 'kysely'
import { orUnavailable } from './unavailable.ts'

/** Queries on this path are few and fixed; the bound only guards against a caller that builds texts. */
const statementsKept = 64

/** Returns a function that runs queries with statements prepared once, rows as arrays: 2,500 candles in about 1 ms. */
export function createArrayReader(connection: DatabaseSync): (query: CompiledQuery) => unknown[][] {
  const prepared = new Map<string, StatementSync>()

  const prepare = (sql: string): StatementSync => {
    const known = prepared.get(sql)
    if (known) return known
    const statement = connection.prepare(sql)
    statement.setReturnArrays(true)
    if (prepared.size === statementsKept) prepared.clear()
    prepared.set(sql, statement)
    return statement
  }

  const run = (query: CompiledQuery): unknown =>
    prepare(query.sql).all(...(query.parameters as readonly SQLInputValue[]))
  return (query) => orUnavailable(() => run(query) as unknown[][])
}
