import { type BanyanServer, compose } from './compose.ts'
import { readConfig, readEnvironment } from './config.ts'
import { errorFields } from './infra/http/log.ts'

/** What a process manager can act on; errors that know theirs (2, 3, 78) carry it. docs/architecture.md lists them all. */
const exitCodes = { clean: 0, failure: 1 } as const

/** How long a failing server may take to finish what it has begun. */
const lastDrainMs = 5_000

process.umask(0o077) // before the first file: database, sockets and copies are for their owner only

const server = await start()
stopOnSignals(server)
stopOnSurprise(server)

async function start(): Promise<BanyanServer> {
  try {
    return await compose(readConfig(readEnvironment()))
  } catch (error) {
    console.error(explain(error))
    process.exit(exitCodeOf(error))
  }
}

/** A sentence for the failures an operator can mend; the whole error for the others. */
function explain(error: unknown): unknown {
  if (isPortTaken(error)) {
    return `Port ${error.port} is taken: stop the program that uses it, or choose another with PORT or METRICS_PORT.`
  }
  return error instanceof Error && 'exitCode' in error ? error.message : error
}

function exitCodeOf(error: unknown): number {
  const known = error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number'
  return known ? Number(error.exitCode) : exitCodes.failure
}

function isPortTaken(error: unknown): error is NodeJS.ErrnoException & { port: number } {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error
}

function stopOnSignals(running: BanyanServer): void {
  let isStopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(exitCodes.failure)
    isStopping = true
    running.log.info({ signal }, 'Stopping.')
    running.stop().then(
      () => process.exit(exitCodes.clean),
      (error: unknown) => {
        console.error(explain(error))
        process.exit(exitCodes.failure)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** An error nobody expected leaves unknown state behind: it is logged once, running requests end, and the process goes. */
function stopOnSurprise(running: BanyanServer): void {
  const leave = () => process.exit(exitCodes.failure)
  const surprise = (error: unknown) => {
    running.log.error(errorFields(error), 'An unexpected failure ends the server.')
    setTimeout(leave, lastDrainMs).unref()
    running.stop().then(leave, leave)
  }
  process.once('uncaughtException', surprise)
  process.once('unhandledRejection', surprise)
}
