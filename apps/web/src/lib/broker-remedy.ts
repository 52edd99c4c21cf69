import { ApiError } from '@banyan/client'
import { sentenceOf } from './problem.ts'

const remedies: Readonly<Record<string, string>> = {
  broker_rejected:
    'See whether key and secret belong together and the app is active at the broker, then sign in again: a code is good once.',
  broker_sign_in_required: 'The broker has ended the session. Sign in again below.',
  broker_unreachable: 'What was synced before is kept. Try again in a few minutes.',
  broker_timeout: 'What was synced before is kept. Try again in a few minutes.',
  sync_in_progress: 'Wait until it is done; the page shows what it brings.',
  provider_not_configured: 'The operator of this server can switch it on.',
  insufficient_role: 'This account may only look. Its owner can let it change things.',
}

/** Returns what a person can do about a failure of that code; null where nothing is to be said. */
export const remedyOf = (code: string): string | null => remedies[code] ?? null

/** Returns the failure with what a person can do about it; what names a time to wait or a field stays as it is. */
export function withRemedy(error: unknown): unknown {
  const remedy = error instanceof ApiError ? remedyOf(error.code) : null
  return remedy === null ? error : new Error(`${sentenceOf(error)} ${remedy}`, { cause: error })
}
