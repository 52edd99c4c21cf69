import { ConfigurationError } from '../config.ts'

/** The words of a command line make no sense. Exit code 64 (sysexits.h, EX_USAGE). */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly exitCode = 64
}

export interface Command {
  readonly words: readonly string[]
  readonly help: string
  /** Most arguments it takes; 1 unless told. */
  readonly mostWords?: number
  /** Does the work and returns the sentence to print. The signal is aborted by the first SIGINT or SIGTERM. */
  run(words: readonly string[], signal: AbortSignal): Promise<string>
}

/** Runs a command and returns its exit code. Errors that know theirs carry a sentence for people. */
export async function runCommand({ words, help, mostWords = 1, run }: Command): Promise<number> {
  const abort = new AbortController()
  const interrupt = () => abort.abort(new Error('Interrupted.'))
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    process.stdout.write(await answer(words, { help, mostWords }, () => run(words, abort.signal)))
    return 0
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`)
    return exitCodeOf(error)
  }
}

async function answer(
  words: readonly string[],
  { help, mostWords }: Required<Pick<Command, 'help' | 'mostWords'>>,
  run: () => Promise<string>,
): Promise<string> {
  if (words.some((word) => ['--help', '-h'].includes(word))) return help
  if (words.length > mostWords || words[0]?.startsWith('-')) throw new UsageError(help.trimEnd())
  return `${await run()}\n`
}

function sentenceOf(error: unknown): string {
  if (error instanceof ConfigurationError) return `The configuration is refused:\n  ${error.problems.join('\n  ')}`
  return error instanceof Error ? error.message : String(error)
}

function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigurationError) return 78
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number' ? error.exitCode : 1
}
