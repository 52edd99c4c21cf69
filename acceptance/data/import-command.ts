import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../apps/server/src/commands/import.ts', import.meta.url))

export interface CommandResult {
  /** Null when it was killed. */
  readonly code: number | null
  readonly out: string
  /** Highest resident memory of the process in MB, as the kernel counted it; null where there is no /proc. */
  readonly peakMb: number | null
}

/** Runs the import command in a process of its own. With `killAfterMs` it is ended by SIGKILL unless it was quicker. */
export async function runImportCommand(
  environment: Readonly<Record<string, string>>,
  words: readonly string[],
  killAfterMs: number | null = null,
): Promise<CommandResult> {
  const child = spawn(process.execPath, [program, ...words], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  let peakMb: number | null = null
  const watch = setInterval(() => {
    peakMb = readPeakMb(child.pid) ?? peakMb
  }, 50)
  const kill = killAfterMs === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearInterval(watch)
  if (kill !== null) clearTimeout(kill)
  return { code, out, peakMb }
}

function readPeakMb(pid: number | undefined): number | null {
  try {
    const kb = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kb === undefined ? null : Math.round(Number(kb) / 1024)
  } catch (error) {
    // The process has just ended, or this is not Linux.
    if (error instanceof Error) return null
    throw error
  }
}
