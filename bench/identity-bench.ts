import { createOwnDatabase, isPostgresMissing } from '../acceptance/shared-services.ts'
import { benchLogins } from './login-bench.ts'
import type { Figure } from './report.ts'
import { benchTokenCheck } from './token-check-bench.ts'

interface Plan {
  readonly rounds: number
  /** Of each side of a round. */
  readonly seconds: number
  /** Refused logins of each kind. */
  readonly samples: number
}

/** Measures what signing in costs beside bare Argon2, whether a refusal tells who exists, and what looking a token up costs. */
export async function benchIdentity(plan: Plan): Promise<Figure[]> {
  return [
    ...(await benchLogins(plan)),
    ...(await benchTokenCheck('SQLite', null, plan)),
    ...(await benchOnPostgres(plan)),
  ]
}

async function benchOnPostgres(plan: Plan): Promise<Figure[]> {
  if (await isPostgresMissing(process.env)) return []
  const database = await createOwnDatabase(process.env)
  try {
    return await benchTokenCheck('PostgreSQL', database.url, { ...plan, rounds: Math.ceil(plan.rounds / 2) })
  } finally {
    await database.remove()
  }
}
