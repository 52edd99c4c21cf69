/** What a server said to one GET. */
export interface Answer<T> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
  /** From asking to the last byte, in milliseconds. */
  readonly ms: number
}

/** The parts of `/api/health` that tests read; the whole shape is bound in the contract's own tests. */
export interface Health {
  readonly status: 'ok' | 'degraded' | 'down'
  readonly database: { readonly connected: boolean; readonly latency_ms: number | null }
  readonly cache: { readonly l2: { readonly configured: boolean; readonly connected: boolean } }
  readonly warmers: readonly {
    readonly name: string
    readonly next_run: string | null
    readonly last_error: string | null
  }[]
}

/**
 * Asks for a path and reads the whole answer. `from` is the address the server counts, for servers that trust 127.0.0.1 as a
 * proxy. Rejects when nothing answers within `timeoutMs`, 10 s unless told.
 */
export async function ask<T = unknown>(
  origin: string,
  path: string,
  options: { readonly from?: string; readonly timeoutMs?: number } = {},
): Promise<Answer<T>> {
  const started = performance.now()
  const response = await fetch(origin + path, {
    headers: options.from === undefined ? {} : { 'x-forwarded-for': options.from },
    signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  const body = (isJson ? JSON.parse(text) : text) as T
  return { status: response.status, headers: response.headers, body, ms: performance.now() - started }
}

/** Returns an address of the range reserved for benchmarks (RFC 2544) that no other test uses. */
export function anyAddress(): string {
  const part = () => Math.floor(Math.random() * 256)
  return `198.${18 + (part() % 2)}.${part()}.${part()}`
}
