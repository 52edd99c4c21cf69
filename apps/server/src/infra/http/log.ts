import { type DestinationStream, type Logger, pino } from 'pino'
import pinoPretty from 'pino-pretty'

/** Without child loggers: their bindings would pass the list of allowed fields by. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'flush' | 'levelVal'>
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/**
 * The only fields a record can have. Nothing is logged because it hung on some object: requests, replies, errors and bodies
 * carry passwords and tokens in places nobody thinks of.
 */
const allowedFields = new Set([
  'method',
  'route',
  'status',
  'ms',
  'requestId',
  'component',
  'event',
  'code',
  'errorName',
  'frames',
  'count',
  'bytes',
  'port',
  'host',
  'version',
  'date',
  'signal',
  'exitCode',
  'reason',
])

/** Returns a log that writes one record per line and drops every field not listed. `pretty` is for a person at a terminal. */
export function createLog(options: {
  readonly level: LogLevel
  readonly pretty?: boolean
  readonly destination?: DestinationStream
}): Log {
  const destination = options.destination ?? (options.pretty ? pinoPretty({ sync: true }) : bufferedOutput())
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.epochTime,
    formatters: { level: (label: string) => ({ level: label }), log: keepAllowed },
    hooks: {
      logMethod(this: Logger, args: unknown[], method: (...args: never[]) => void) {
        method.apply(this, args.map(withoutError) as never[])
      },
    },
  }
  return pino(settings, destination)
}

/** Standard output in blocks, at the latest every 250 ms and when the process ends: a write per request costs more than the request. */
function bufferedOutput(): DestinationStream {
  return pino.destination({ dest: 1, sync: false, minLength: 8_192, periodicFlush: 250 })
}

/**
 * Returns what may be told about an error: its class, its code, and where it was thrown. Its message stays out, because
 * drivers and clients put statements, addresses and credentials into it.
 */
export function errorFields(error: unknown): { errorName: string; code?: string; frames: string } {
  if (!(error instanceof Error)) return { errorName: typeof error, frames: '' }
  const code = 'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{1,40}$/i.test(error.code)
  const frames = framesOf(error)
  const cause = error.cause instanceof Error ? `; caused by ${error.cause.name} ${framesOf(error.cause)}` : ''
  return { errorName: error.name, ...(code ? { code: String(error.code) } : {}), frames: frames + cause }
}

/** Records a failure nobody expected, under the request id its caller was told. */
export function logFailure(
  log: Log,
  error: unknown,
  exchange: { readonly method: string; readonly route: string; readonly requestId: string },
): void {
  const { method, route, requestId } = exchange
  log.error({ ...errorFields(error), method, route, requestId }, 'request failed')
}

function framesOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  return lines
    .slice(0, 8)
    .map((line) => line.trim())
    .join(' < ')
}

function keepAllowed(record: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const field in record) {
    if (!allowedFields.has(field)) continue
    const value = record[field]
    if (typeof value === 'string') kept[field] = oneLine(value)
    else if (typeof value === 'number' || typeof value === 'boolean') kept[field] = value
  }
  return kept
}

function withoutError(argument: unknown): unknown {
  if (argument instanceof Error) return errorFields(argument)
  return typeof argument === 'string' ? oneLine(argument) : argument
}

/** Control characters and the two Unicode line ends would start a second line, or a colour, in somebody's viewer. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').slice(0, 2_000)
}
