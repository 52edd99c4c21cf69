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
  const told = new Set<string>() // one outage takes turns with several codes
  client.on('ready', () => {
    isUp = true
    told.clear()
    log?.info({ component: name }, 'Redis connected.')
  })
  client.on('close', () => {
    if (isUp) log?.warn({ component: name }, 'Redis connection lost; going on without it.')
    isUp = false
  })
  // Without a listener ioredis writes each failed attempt, address included, to the console.
  client.on('error', (error) => {
    const code = codeOf(error)
    if (!told.has(code)) log?.warn({ component: name, code }, 'Redis cannot be reached.')
    told.add(code)
  })
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

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
