import type { UpstreamAnswer, UpstreamCall, UpstreamPort } from '../../http/upstream-port.ts'
import { Verdict } from '../../http/upstream-port.ts'
import { UpstreamError } from '../../outcome.ts'

/** What left the program, as far as tests look at it. */
export type SeenCall = Pick<
  UpstreamCall<unknown>,
  'operation' | 'path' | 'query' | 'headers' | 'body' | 'limitKey' | 'rank'
>

export interface AnsweringPort extends UpstreamPort {
  readonly calls: readonly SeenCall[]
}

/** Returns a port without a network: `answer` is the vendor. It neither repeats nor waits. */
export function createAnsweringPort(answer: (call: SeenCall) => UpstreamAnswer): AnsweringPort {
  const calls: SeenCall[] = []
  return {
    provider: 'zerodha',
    calls,
    async call(call) {
      call.signal.throwIfAborted()
      calls.push(call)
      try {
        return await call.read(answer(call))
      } catch (error) {
        throw failureOf(error, call.operation.name)
      }
    },
    circuit: () => 'closed',
    close: () => Promise.resolve(),
  }
}

function failureOf(error: unknown, operation: string): UpstreamError {
  const at = { provider: 'zerodha', operation }
  return error instanceof Verdict ? new UpstreamError(error.failure, at, error) : new UpstreamError('malformed', at)
}
