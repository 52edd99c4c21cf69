import type { Agent } from 'undici'
import { faultOf } from './call-fault.ts'
import { exchange } from './exchange.ts'
import type { OutgoingRequest } from './outgoing-request.ts'
import { failureOf, faultFailure, type TryOutcome } from './try-outcome.ts'
import type { UpstreamAnswer, UpstreamCall } from './upstream-port.ts'

/** Tries a call once. `signal` is the caller's, our deadline's and the port's in one. Rejects with the caller's reason when the caller aborted. */
export async function attempt<T>(
  agent: Agent,
  request: OutgoingRequest,
  call: UpstreamCall<T>,
  signal: AbortSignal,
): Promise<TryOutcome<T>> {
  let answer: UpstreamAnswer | null = null
  try {
    answer = await exchange(agent, request, call.operation.size, signal)
    signal.throwIfAborted()
    return { failure: null, value: await orAborted(call.read(answer), signal) }
  } catch (error) {
    call.signal.throwIfAborted()
    return signal.aborted ? faultFailure(faultOf(signal.reason)) : failureOf(error, answer, call)
  }
}

/** A reader that never ends is ended too. */
async function orAborted<T>(value: T | Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = (): void => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([value, promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
