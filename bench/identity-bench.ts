import { createOwnDatabase, isPostgresMissing } from '../acceptance/shared-services.ts'
import { startAccountServer } from './account-process.ts'
import { accountsFor, benchLogins } from './login-bench.ts'
import type { Figure } from './report.ts'
import { benchBareTokenCheck, benchTokenCheck } from './token-check-bench.ts'

interface Plan {
  readonly rounds: number
  /** Of each side of a round. */
  readonly seconds: number
  /** Refused logins of each kind. */
  readonly samples: number
}

/** Measures what signing in costs beside bare Argon2, whether a refusal tells who exists, and what looking a token up costs. */
export async function benchIdentity(plan: Plan): Promise<Figure[]> {
  return [...(await benchOnSqlite(plan)), ...(await benchOnPostgres(plan))]
}

async function benchOnSqlite(plan: Plan): Promise<Figure[]> {
  const server = await startAccountServer(accountsFor(plan), null)
  try {
    return [
      ...(await benchLogins(server, plan)),
      await benchTokenCheck('SQLite', server, plan),
      ...(await benchBareTokenCheck('SQLite', server, plan)),
    ]
  } finally {
    await server.stop()
  }
}

async function benchOnPostgres(plan: Plan): Promise<Figure[]> {
  if (await isPostgresMissing(process.env)) return []
  const database = await createOwnDatabase(process.env)
  try {
    const server = await startAccountServer(0, database.url)
    const figure = await benchTokenCheck('PostgreSQL', server, plan)
    await server.stop()
    return [figure]
  } finally {
    await database.remove()
  }
}
