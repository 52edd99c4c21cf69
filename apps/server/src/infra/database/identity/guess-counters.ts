import type { EpochMs } from '@banyan/domain'
import { type ExpressionBuilder, sql, type Transaction } from 'kysely'
import type { GuessLimit, IdentityTransaction } from '../../../modules/identity/index.ts'
import { never } from '../identity-schema.ts'
import type { Schema } from '../schema.ts'
import type { Writer } from './executors.ts'

type GuessWrites = Pick<
  IdentityTransaction,
  'takeGuess' | 'refundGuess' | 'countGuesses' | 'clearGuesses' | 'clearGuessesBelow'
>

export function guessWrites({ trx }: Writer): GuessWrites {
  return {
    takeGuess: (limits, now) => takeGuess(trx, limits, now),
    async refundGuess(limits) {
      for (const limit of inOneOrder(limits)) await refundOne(trx, limit)
    },
    async countGuesses({ bucket }, now) {
      const counter = await trx
        .selectFrom('guess_counters')
        .select('guesses')
        .where('bucket', '=', bucket)
        .where('over_at', '>', now)
        .executeTakeFirst()
      return counter?.guesses ?? 0
    },
    async clearGuesses(buckets) {
      for (const bucket of buckets.toSorted()) {
        await trx.deleteFrom('guess_counters').where('bucket', '=', bucket).execute()
      }
    },
    async clearGuessesBelow(prefix) {
      await trx.deleteFrom('guess_counters').where(bucketsBelow(prefix)).execute()
    },
  }
}

/** A range instead of `like`, which would take SQLite's capitals for small letters. */
export function bucketsBelow(prefix: string) {
  const last = '\u{10FFFF}'
  return ({ and, eb }: ExpressionBuilder<Schema, 'guess_counters'>) =>
    and([eb('bucket', '>=', prefix), eb('bucket', '<', `${prefix}${last}`)])
}

/** Every bucket is tried, since the longest refusal is asked for; one refusal takes all back. */
async function takeGuess(
  trx: Transaction<Schema>,
  limits: readonly GuessLimit[],
  now: EpochMs,
): Promise<{ readonly refusedUntil: EpochMs | null } | 'taken'> {
  await sql`savepoint guesses`.execute(trx)
  const refusals: EpochMs[] = []
  for (const limit of inOneOrder(limits)) {
    if (!(await takeOne(trx, limit, now))) refusals.push(await readEnd(trx, limit.bucket))
  }
  if (refusals.length > 0) await sql`rollback to savepoint guesses`.execute(trx)
  await sql`release savepoint guesses`.execute(trx)
  if (refusals.length === 0) return 'taken'
  const last = Math.max(...refusals)
  return { refusedUntil: last === never ? null : last }
}

/** Parallel transactions that lock the same rows in the same order wait, and never for each other. */
function inOneOrder(limits: readonly GuessLimit[]): readonly GuessLimit[] {
  return limits.toSorted((a, b) => (a.bucket < b.bucket ? -1 : 1))
}

/** Counts and refuses in one statement. A counter that is over begins anew; the guess that reaches the limit still counts. */
async function takeOne(trx: Transaction<Schema>, limit: GuessLimit, now: EpochMs): Promise<boolean> {
  const windowEnd = endAfter(limit.windowMs, now) ?? never
  const lockEnd = endAfter(limit.lockMs, now)
  const isLockedAtOnce = limit.limit <= 1
  const { rows } = await sql`
    insert into guess_counters as g (bucket, guesses, is_locked, window_ends_at, over_at)
    values (${limit.bucket}, 1, ${Number(isLockedAtOnce)}, ${windowEnd}, ${isLockedAtOnce ? (lockEnd ?? windowEnd) : windowEnd})
    on conflict (bucket) do update set
      guesses = case when g.over_at <= ${now} then 1 else g.guesses + 1 end,
      is_locked = case
        when g.over_at <= ${now} then excluded.is_locked
        when g.guesses + 1 >= ${limit.limit} then 1
        else 0 end,
      window_ends_at = case when g.over_at <= ${now} then excluded.window_ends_at else g.window_ends_at end,
      over_at = case
        when g.over_at <= ${now} then excluded.over_at
        when g.guesses + 1 >= ${limit.limit} then coalesce(${lockEnd}, g.window_ends_at)
        else g.window_ends_at end
    where g.over_at <= ${now} or (g.is_locked = 0 and g.guesses < ${limit.limit})
    returning guesses`.execute(trx)
  return rows.length > 0
}

function endAfter(durationMs: number | null, now: EpochMs): EpochMs | null {
  return durationMs === null ? null : now + durationMs
}

async function readEnd(trx: Transaction<Schema>, bucket: string): Promise<EpochMs> {
  const counter = trx.selectFrom('guess_counters').select('over_at').where('bucket', '=', bucket)
  return (await counter.executeTakeFirstOrThrow()).over_at
}

async function refundOne(trx: Transaction<Schema>, { bucket, limit }: GuessLimit): Promise<void> {
  await sql`
    update guess_counters set
      guesses = guesses - 1,
      is_locked = case when guesses - 1 < ${limit} then 0 else is_locked end,
      over_at = case when guesses - 1 < ${limit} then window_ends_at else over_at end
    where bucket = ${bucket}`.execute(trx)
  await trx.deleteFrom('guess_counters').where('bucket', '=', bucket).where('guesses', '<=', 0).execute()
}
