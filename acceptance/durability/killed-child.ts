import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface RunningChild {
  readonly process: ChildProcess
  /** Resolves when a line was written; rejects when the child ended before. */
  waitFor(line: string): Promise<void>
  /** Kills the child as a power switch would and returns every whole line it had written. */
  kill(): Promise<readonly string[]>
  /** Resolves with every whole line once the child ended by itself, and with its exit code; null when a signal ended it. */
  ended: Promise<{ readonly lines: readonly string[]; readonly code: number | null; readonly complaint: string }>
}

/** Starts a script on the Node that runs the tests. */
export function startChild(script: URL, args: readonly string[]): RunningChild {
  const child = spawn(process.execPath, [fileURLToPath(script), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  // A line without its end was being written when the process died: it acknowledges nothing.
  const lines = () => output.split('\n').slice(0, -1)
  const ended = new Promise<Awaited<RunningChild['ended']>>((resolve) => {
    child.on('close', (code) => resolve({ lines: lines(), code, complaint }))
  })
  return {
    process: child,
    ended,
    async waitFor(line) {
      while (!lines().includes(line)) {
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`The child ended before it wrote "${line}": ${complaint}`)
        }
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    },
    async kill() {
      child.kill('SIGKILL')
      return (await ended).lines
    },
  }
}
