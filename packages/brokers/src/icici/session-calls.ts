import type { Clock, EpochMs } from '@banyan/domain'
import type { Operation, UpstreamAnswer, UpstreamCall, UpstreamPort } from '../http/upstream-port.ts'
import { failureRules, UpstreamError, type UpstreamFailure } from '../outcome.ts'
import { readSuccess } from './envelope.ts'
import { type SessionSecrets, signedHeaders } from './signature.ts'

export interface SessionCallsParts {
  readonly port: UpstreamPort
  readonly clock: Clock
  readonly secrets: SessionSecrets
  readonly limitKey: string
  readonly expiresAt: EpochMs
}

interface Ask<T> {
  readonly operation: Operation
  readonly parameters: Readonly<Record<string, string>>
  readonly rank: UpstreamCall<T>['rank']
  /** What "Resource not available" means for this call; `unavailable` by default. */
  readonly notAvailable?: UpstreamFailure
  /** Reads `Success`; of a list with no data an empty list. */
  read(success: unknown): T
}

/** The calls of one session. Its secrets live here and nowhere else; without them calls are `auth_required` and none is made. */
export interface SessionCalls {
  /** Asks API v1: parameters as JSON in the body, signed. */
  signed<T>(ask: Ask<T>, signal: AbortSignal): Promise<T>
  /** Asks API v2: parameters in the query, no signature. */
  plain<T>(ask: Ask<T>, signal: AbortSignal): Promise<T>
  /** False once the session is over: by time, because ICICI said so, or because it was forgotten. */
  isOpen(): boolean
  forget(): void
}

export function createSessionCalls({ port, clock, secrets, limitKey, expiresAt }: SessionCallsParts): SessionCalls {
  let held: SessionSecrets | null = secrets
  const access = (): SessionSecrets | null => {
    if (clock.now() >= expiresAt) held = null
    return held
  }

  async function call<T>(ask: Ask<T>, signal: AbortSignal, dress: (open: SessionSecrets) => Dress): Promise<T> {
    signal.throwIfAborted()
    const { operation, rank, notAvailable = 'unavailable' } = ask
    const open = access()
    if (open === null) throw new UpstreamError('auth_required', { provider: port.provider, operation: operation.name })
    const read = (answer: UpstreamAnswer) =>
      ask.read(readSuccess(answer, { gives: 'list', notAvailable, now: clock.now() }))
    try {
      return await port.call({ operation, ...dress(open), limitKey, rank, secrets: Object.values(open), signal, read })
    } catch (error) {
      if (error instanceof UpstreamError && failureRules[error.failure].endsSession) held = null
      throw error
    }
  }

  return {
    signed(ask, signal) {
      const body = JSON.stringify(ask.parameters)
      return call(ask, signal, (open) => ({ headers: signedHeaders(open, body, clock.now()), body }))
    },
    plain(ask, signal) {
      return call(ask, signal, ({ appKey, token }) => ({
        headers: { apikey: appKey.reveal(), 'x-sessiontoken': token.reveal() },
        query: Object.entries(ask.parameters),
      }))
    },
    isOpen: () => access() !== null,
    forget() {
      held = null
    },
  }
}

type Dress = Pick<UpstreamCall<unknown>, 'headers' | 'body' | 'query'>
