import { ConnectionError } from './api-error.ts'
import { type Answer, retryAfterS } from './exchange.ts'

const LONGEST_WAIT_S = 60
const FIRST_WAIT_MS = 200

/**
 * Returns the answer of the last try and how many tries there were. Another try follows a failure before any answer,
 * after 200, 400, 800, … ms, and 429 or 503 that say when to come back, within 60 s. A try that ran out of time is not
 * repeated: the caller has waited long enough.
 */
export async function retry(
  attempt: () => Promise<Answer>,
  maxRetries: number,
  wait: (ms: number) => Promise<void>,
): Promise<{ answer: Answer; tries: number }> {
  for (let tries = 1; ; tries++) {
    const outcome = await attempt().catch(failureBeforeAnswer)
    const waitMs = outcome instanceof ConnectionError ? FIRST_WAIT_MS * 2 ** (tries - 1) : findWaitMs(outcome)
    if (waitMs !== null && tries <= maxRetries) {
      await wait(waitMs)
      continue
    }
    if (outcome instanceof ConnectionError) throw outcome
    return { answer: outcome, tries }
  }
}

export const realWait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function failureBeforeAnswer(error: unknown): ConnectionError {
  if (error instanceof ConnectionError && error.code === 'unreachable' && !error.partial) return error
  throw error
}

function findWaitMs({ status, headers }: Answer): number | null {
  const seconds = status === 429 || status === 503 ? retryAfterS(headers) : null
  return seconds !== null && seconds <= LONGEST_WAIT_S ? seconds * 1000 : null
}
