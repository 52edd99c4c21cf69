import { sql, type Transaction } from 'kysely'
import type { Schema } from '../schema.ts'

/** SQLite's extended codes for a unique constraint and a primary key, PostgreSQL's SQLSTATE for both. */
const uniqueViolations: ReadonlySet<unknown> = new Set([2067, 1555, '23505'])

/**
 * Runs one statement and returns true, or false when a unique value is taken. On PostgreSQL an error ends the transaction, hence
 * the savepoint.
 */
export async function isUniqueAfter(trx: Transaction<Schema>, statement: () => Promise<unknown>): Promise<boolean> {
  await sql`savepoint one_statement`.execute(trx)
  try {
    await statement()
    await sql`release savepoint one_statement`.execute(trx)
    return true
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    await sql`rollback to savepoint one_statement`.execute(trx)
    await sql`release savepoint one_statement`.execute(trx)
    return false
  }
}

function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    ('errcode' in error && uniqueViolations.has(error.errcode)) || ('code' in error && uniqueViolations.has(error.code))
  )
}
