/** What a server said to one call. */
export interface Reply<T = unknown> {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The JSON of the reply; its text where it is none. */
  readonly body: T
}

export interface Call {
  /** Default: POST with a body, else GET. */
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  /** A body as it stands, with the type `headers` say. */
  readonly text?: string
  /** The address the server counts, where it trusts 127.0.0.1 as a proxy. */
  readonly from?: string
}

/** Makes a call and reads the whole reply. Rejects when nothing answers within 30 s. */
export async function call<T>(origin: string, path: string, given: Call = {}): Promise<Reply<T>> {
  const body = given.json === undefined ? given.text : JSON.stringify(given.json)
  const response = await fetch(origin + path, {
    method: given.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(given.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(given.from === undefined ? {} : { 'x-forwarded-for': given.from }),
      ...given.headers,
    },
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { body }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : text) as T }
}

/** Makes a call as {@link call} and throws what was said unless it has the status. */
export async function callFor<T>(status: number, origin: string, path: string, given: Call = {}): Promise<Reply<T>> {
  const reply = await call<T>(origin, path, given)
  if (reply.status !== status)
    throw new Error(`${given.method ?? ''} ${path}: ${reply.status} instead of ${status}: ${reply.text.slice(0, 500)}`)
  return reply
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
