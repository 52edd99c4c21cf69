import { Redis, type RedisOptions } from 'ioredis'

/** Takes what a connection says about itself; pino's logger fits. */
export interface ConnectionLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface RedisClientOptions {
  /** `redis://` or `rediss://` with everything needed to connect. Never logged. */
  readonly url: string
  /** What the connection is for: shown by `CLIENT LIST` and in the log. */
  readonly name: string
  readonly log?: ConnectionLog
  /** Longest wait for one reply, in milliseconds; 250 unless told. */
  readonly commandTimeoutMs?: number
}

/**
 * Returns a connection that never makes a caller wait: a command fails after 250 ms, and at once while there is no
 * connection (nothing is queued). It reconnects for ever, at most 2 s apart, and logs each change of state once.
 */
export function createRedisClient(options: RedisClientOptions): Redis {
  const client = new Redis(options.url, boundedOptions(options))
  const { log, name } = options
  let isUp = false
  client.on('ready', () => {
    isUp = true
    log?.info({ connection: name }, 'Redis connected.')
  })
  client.on('close', () => {
    if (isUp) log?.warn({ connection: name }, 'Redis connection lost; going on without it.')
    isUp = false
  })
  // Without a listener ioredis writes each failed attempt, address included, to the console.
  client.on(
    'error',
    once((error) => log?.warn({ connection: name, code: codeOf(error) }, 'Redis cannot be reached.')),
  )
  return client
}

function boundedOptions({ name, commandTimeoutMs = 250 }: RedisClientOptions): RedisOptions {
  return {
    connectionName: name,
    commandTimeout: commandTimeoutMs,
    connectTimeout: 2_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResubscribe: false,
    retryStrategy: (attempt) => Math.min(100 * attempt, 2_000),
  }
}

function once(report: (error: Error) => void): (error: Error) => void {
  let last: unknown
  return (error) => {
    if (codeOf(error) !== last) report(error)
    last = codeOf(error)
  }
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
