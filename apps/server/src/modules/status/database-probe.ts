import type { HealthReport } from './status-face.ts'

type DatabaseHealth = HealthReport['database']

const longestMs = 1_000
const sharedForMs = 1_000
const notConnected: DatabaseHealth = { connected: false, latencyMs: null }

/**
 * Returns a probe that asks the database at most once a second, whoever asks, and answers within 1 s. While an earlier
 * question is still unanswered no other is put, so a hanging database collects one waiting query and not one a second.
 */
export function createDatabaseProbe(parts: {
  ping(): Promise<void>
  readonly clock: { elapsedMs(): number }
}): () => Promise<DatabaseHealth> {
  const { clock } = parts
  let asked: { readonly at: number; readonly answer: Promise<DatabaseHealth> } | null = null
  let isUnanswered = false

  const ping = async (): Promise<DatabaseHealth> => {
    const from = clock.elapsedMs()
    isUnanswered = true
    try {
      await parts.ping()
      return { connected: true, latencyMs: Math.round((clock.elapsedMs() - from) * 10) / 10 }
    } catch {
      return notConnected // that it does not answer is the report; why is for the database's own log
    } finally {
      isUnanswered = false
    }
  }

  return () => {
    const now = clock.elapsedMs()
    if (asked && now - asked.at < sharedForMs) return asked.answer
    asked = { at: now, answer: isUnanswered ? Promise.resolve(notConnected) : answerInTime(ping()) }
    return asked.answer
  }
}

async function answerInTime(answer: Promise<DatabaseHealth>): Promise<DatabaseHealth> {
  const { promise: late, resolve } = Promise.withResolvers<DatabaseHealth>()
  const timer = setTimeout(() => resolve(notConnected), longestMs)
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
