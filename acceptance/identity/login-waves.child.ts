// Signs in to every account at once, wave after wave, until told to stop; a process of its own, so that it delays nobody else's figures.
// Standard input: a JSON line {origin, logins}, later any line to stop. Standard output: the outcomes as JSON.
import { createInterface } from 'node:readline'
import { call } from './call.ts'
import type { LoginOutcome } from './login-waves.ts'

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const { origin, logins } = JSON.parse((await lines.next()).value ?? '') as { origin: string; logins: object[] }
let isOver = false
const stopped = lines.next().then(() => {
  isOver = true
})
const outcomes: LoginOutcome[] = []

async function signInOnce(json: object): Promise<void> {
  const { status, headers } = await call(origin, '/api/auth/login', { json })
  outcomes.push({ status, retryAfter: headers.get('retry-after') })
}

do await Promise.all(logins.map(signInOnce))
while (!isOver)
await stopped
process.stdout.write(JSON.stringify(outcomes))
