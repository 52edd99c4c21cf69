import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface CommandResult {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs `npm run user` or `npm run keys` as a process of its own; `input` is what its standard input says. */
export async function runCommand(
  command: 'user' | 'keys',
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  { input = '', onStarted }: { readonly input?: string; readonly onStarted?: (pid: number) => void } = {},
): Promise<CommandResult> {
  const program = fileURLToPath(new URL(`../../apps/server/src/commands/${command}.ts`, import.meta.url))
  const child = spawn(process.execPath, [program, ...words], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  if (child.pid !== undefined) onStarted?.(child.pid)
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, out, err }
}
