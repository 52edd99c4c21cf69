import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The server of `account-server.ts` while it runs. */
export interface AccountProcess {
  readonly origin: string
  readonly pid: number
  /** Opens `/api/me/checked` and `/api/nothing/checked`. */
  readonly token: string
  /** Of accounts nobody has signed in to. */
  readonly emails: readonly string[]
  stop(): Promise<void>
}

/** Starts the server with so many accounts; `databaseUrl` is an empty PostgreSQL database, or null for SQLite. */
export async function startAccountServer(accounts: number, databaseUrl: string | null): Promise<AccountProcess> {
  const program = fileURLToPath(new URL('account-server.ts', import.meta.url))
  const words = [String(accounts), ...(databaseUrl === null ? [] : [databaseUrl])]
  const child = spawn(process.execPath, [program, ...words], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { port, token, emails } = JSON.parse(line) as { port: number; token: string; emails: string[] }
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid ?? -1,
    token,
    emails,
    async stop() {
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'close')
    },
  }
}
