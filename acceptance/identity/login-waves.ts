import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export interface LoginOutcome {
  readonly status: number
  readonly retryAfter: string | null
}

/** Begins to make all logins at once, wave after wave. `stop` resolves with every outcome when the last wave is over: there is at least one. */
export function startLoginWaves(origin: string, logins: readonly object[]) {
  const program = fileURLToPath(new URL('login-waves.child.ts', import.meta.url))
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.write(`${JSON.stringify({ origin, logins })}\n`)
  const said = text(child.stdout)
  return {
    async stop(): Promise<readonly LoginOutcome[]> {
      child.stdin.end('stop\n')
      return JSON.parse(await said)
    },
  }
}
