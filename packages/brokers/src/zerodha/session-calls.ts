import type { Clock, EpochMs, Secret } from '@banyan/domain'
import type { Operation, UpstreamAnswer, UpstreamCall, UpstreamPort } from '../http/upstream-port.ts'
import { failureRules, UpstreamError } from '../outcome.ts'

export interface ZerodhaParts {
  /** Made for `zerodhaOperations`. */
  readonly port: UpstreamPort
  readonly clock: Clock
  /** Returns whose limits an app key's calls count against: a mac or id of the key, the same on every instance. */
  limitKeyOf(apiKey: Secret): string
  /** Told when the vendor knows no such address, which is a defect of this program. */
  onDefect?(operation: string, status: number): void
}

/** What opens the vendor's doors. */
export interface Access {
  readonly apiKey: Secret
  readonly accessToken: Secret
  readonly expiresAt: EpochMs
}

export interface SessionCall<T> {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: readonly (readonly [string, string])[]
  readonly rank: UpstreamCall<T>['rank']
  readonly signal: AbortSignal
  read(answer: UpstreamAnswer): T | Promise<T>
}

/** The calls of one session. Its tokens live here and nowhere else. */
export interface SessionCalls {
  /** Calls with the session's credentials. Rejects with `auth_required`, without a call, once the session is over. */
  call<T>(operation: Operation, call: SessionCall<T>): Promise<T>
  /** The session's credentials; null once it is over: by time, because the vendor said so, or because it was forgotten. */
  access(): Access | null
  forget(): void
}

export function createSessionCalls(parts: ZerodhaParts, granted: Access): SessionCalls {
  let held: Access | null = granted
  const access = (): Access | null => {
    if (held !== null && parts.clock.now() >= held.expiresAt) held = null
    return held
  }
  return {
    access,
    forget() {
      held = null
    },
    async call(operation, { signal, ...call }) {
      signal.throwIfAborted()
      const open = access()
      if (open === null)
        throw new UpstreamError('auth_required', { provider: parts.port.provider, operation: operation.name })
      try {
        return await callWith(parts, open, operation, { ...call, signal })
      } catch (error) {
        // Another sign-in may have taken this session's place meanwhile, but these credentials are over all the same.
        if (error instanceof UpstreamError && failureRules[error.failure].endsSession) held = null
        throw error
      }
    },
  }
}

/** Calls with credentials, whatever the state of their session. */
export function callWith<T>(
  { port, limitKeyOf, onDefect }: ZerodhaParts,
  { apiKey, accessToken }: Access,
  operation: Operation,
  call: SessionCall<T>,
): Promise<T> {
  return port.call({
    ...call,
    operation,
    headers: { ...versionHeader, authorization: `token ${apiKey.reveal()}:${accessToken.reveal()}` },
    limitKey: limitKeyOf(apiKey),
    secrets: [apiKey, accessToken],
    read(answer) {
      if (missingStatuses.includes(answer.status)) onDefect?.(operation.name, answer.status)
      return call.read(answer)
    },
  })
}

export const versionHeader = { 'x-kite-version': '3' } as const

const missingStatuses: readonly number[] = [404, 405, 410]
