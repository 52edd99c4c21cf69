import { env } from 'node:process'
import { formatIst } from '@banyan/domain'
import { ArgumentError, help, readArguments } from './arguments.ts'
import { type Sandbox, startSandbox } from './index.ts'

const exitCodes = { clean: 0, failure: 1, usage: 64 } as const

await main()

async function main(): Promise<void> {
  try {
    const options = readArguments(process.argv.slice(2), env, process.cwd())
    if (options === null) return void process.stdout.write(help)
    const sandbox = await startSandbox(options)
    process.stdout.write(describe(sandbox, options.seed))
    stopOnSignals(sandbox)
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exitCode = error instanceof ArgumentError ? exitCodes.usage : exitCodes.failure
  }
}

function describe({ urls, control }: Sandbox, seed: number): string {
  const { zerodha, icici, yahoo, exchange } = urls
  return `The sandbox runs (seed ${seed}, clock ${formatIst(control.clock.now())}). Start Banyan beside it with

  MARKET=live \\
  ZERODHA_API_URL=${zerodha.rest} \\
  ZERODHA_LOGIN_URL=${zerodha.login} \\
  ZERODHA_TICKER_URL=${zerodha.ticker} \\
  ICICI_API_URL=${icici} ICICI_HISTORY_URL=${icici} ICICI_MASTER_URL=${icici} \\
  YAHOO_URL=${yahoo} \\
  NSE_ARCHIVES_URL=${exchange} BSE_DOWNLOAD_URL=${exchange} \\
  npm start

Any Zerodha API key K works with the secret K-secret. Clock, faults and the log of calls: ${zerodha.rest}/_sandbox/log
Guide: docs/guides/sandbox.md. Ctrl-C ends it.
`
}

function explain(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${String(error.port)} is taken: stop the program that uses it, or choose another with --zerodha-port and the like.`
  }
  return error instanceof ArgumentError ? error.message : String(error instanceof Error ? error.stack : error)
}

function stopOnSignals(sandbox: Sandbox): void {
  const stop = () => {
    sandbox.close().then(
      () => process.exit(exitCodes.clean),
      () => process.exit(exitCodes.failure),
    )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}
