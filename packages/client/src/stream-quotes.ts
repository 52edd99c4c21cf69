import type { ErrorBody, StreamBeat, StreamEnd, StreamQuotes, StreamReply } from '@banyan/contracts'
import type { Abortable, AccountCall } from './account/account-call.ts'
import { ApiError, ConnectionError } from './api-error.ts'
import { query } from './query.ts'
import type { Transport } from './send.ts'

/** What a stream tells: prices, all at first and then those that changed; and every 5 s that it lives. */
export type StreamEvent = ({ readonly kind: 'quotes' } & StreamQuotes) | ({ readonly kind: 'beat' } & StreamBeat)

/** A server that says nothing for so long is gone: it beats every 4.5 s. */
const silenceMs = 15_000

/** Returns the call that streams prices. */
export function createStreamCall(transport: Transport, asUser: AccountCall, token: () => string | null) {
  return {
    /**
     * Yields live prices of up to 500 instruments, 50 without a credential. Ends when `signal` is aborted. Does not connect again by
     * itself: what the server knows is sent whole at the start of the next stream.
     *
     * @throws {ApiError} when the server refuses, or ends the stream (`session_revoked`, `unavailable`).
     * @throws {ConnectionError} when it cannot be reached, breaks off or falls silent.
     */
    async *streamQuotes(symbols: readonly string[], { signal }: Abortable = {}): AsyncGenerator<StreamEvent, void> {
      const end = new AbortController()
      const both = signal === undefined ? end.signal : AbortSignal.any([signal, end.signal])
      try {
        const { id } = await asUser<StreamReply>('POST', '/api/stream', { body: { symbols }, signal: both })
        const given = token()
        const response = await transport.fetch(`${transport.baseUrl}/api/stream${query({ id })}`, {
          method: 'GET',
          headers: { accept: 'text/event-stream', ...(given === null ? {} : { authorization: `Bearer ${given}` }) },
          signal: both,
        })
        if (response.status !== 200 || response.body === null) throw await refusalOf(response)
        for await (const { event, data } of readEvents(response.body)) yield* eventOf(event, data)
        throw new ConnectionError('unreachable', 'The stream broke off.')
      } catch (error) {
        if (signal?.aborted) return
        throw error instanceof ApiError || error instanceof ConnectionError
          ? error
          : new ConnectionError('unreachable', 'The stream broke off.', { cause: error })
      } finally {
        end.abort()
      }
    },
  }
}

function* eventOf(event: string, data: string): Generator<StreamEvent> {
  if (event === 'quotes') yield { kind: 'quotes', ...(JSON.parse(data) as StreamQuotes) }
  if (event === 'beat') yield { kind: 'beat', ...(JSON.parse(data) as StreamBeat) }
  if (event === 'end') throw endOf((JSON.parse(data) as StreamEnd).code)
}

function endOf(code: StreamEnd['code']): ApiError {
  const gone = code === 'session_revoked'
  const message = gone ? 'The session has ended. Sign in again.' : 'The server stops.'
  return new ApiError(message, { code, status: gone ? 401 : 503, details: [], requestId: null, retryAfterS: null })
}

async function refusalOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as ErrorBody | null
  return new ApiError(body?.message ?? `The answer (status ${response.status}) is no stream.`, {
    code: body?.code ?? 'unexpected_response',
    status: response.status,
    details: body?.details ?? [],
    requestId: body?.request_id ?? null,
    retryAfterS: null,
  })
}

/** Reads Server-Sent Events as this server writes them: one line `event`, one line `data`, and a blank one. */
async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<{ event: string; data: string }> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await withinSilence(reader.read())
    if (done) return
    text += decoder.decode(value, { stream: true })
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(text.slice(0, end)) ?? []
      text = text.slice(end + 2)
      yield { event, data }
    }
  }
}

async function withinSilence<T>(reading: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ConnectionError('timeout', 'The stream fell silent.')), silenceMs)
  })
  try {
    return await Promise.race([reading, silence])
  } finally {
    clearTimeout(timer)
  }
}
