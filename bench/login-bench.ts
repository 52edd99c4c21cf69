import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { call } from '../acceptance/identity/call.ts'
import { goodPassword } from '../acceptance/identity/people.ts'
import { argonDefault, slotsFor } from '../apps/server/src/infra/passwords/argon-parameters.ts'
import { createPasswordHasher } from '../apps/server/src/infra/passwords/password-hasher.ts'
import type { AccountProcess } from './account-process.ts'
import { mannWhitneyP } from './mann-whitney.ts'
import { type Figure, round } from './report.ts'
import { median } from './statistics.ts'

interface Plan {
  readonly rounds: number
  /** Of each side of a round. */
  readonly seconds: number
  /** Refused logins of each kind. */
  readonly samples: number
}

/** More than the server hashes at once, so that its queue is never empty; fewer than it lets wait. */
const loginClients = 8
const guessesPerName = 5

/** Returns how many accounts {@link benchLogins} needs. */
export function accountsFor({ samples }: Plan): number {
  return loginClients + Math.ceil(samples / guessesPerName)
}

/** Measures logins per second beside Argon2 alone, and whether the time of a refusal tells who exists. */
export async function benchLogins({ origin, emails }: AccountProcess, plan: Plan): Promise<Figure[]> {
  return [
    await compareLogins(origin, emails.slice(0, loginClients), plan),
    await compareRefusals(origin, emails.slice(loginClients), plan.samples),
  ]
}

async function compareLogins(origin: string, emails: readonly string[], plan: Plan): Promise<Figure> {
  const slots = slotsFor({ cores: cpus().length, threadPoolSize: 4 })
  const clients = await Promise.all(emails.map((email) => createLoginClient(origin, email)))
  const bare = await startBareArgon(slots)
  const [ours, peer]: [number[], number[]] = [[], []]
  try {
    for (let i = 0; i < plan.rounds; i++) {
      const turns = [
        async () => void ours.push(await loginsPerSecond(clients, plan.seconds)),
        async () => void peer.push(await bare.perSecond(plan.seconds)),
      ]
      for (const turn of i % 2 === 0 ? turns : turns.toReversed()) await turn()
    }
  } finally {
    bare.stop()
  }
  const ratio = median(ours.map((perS, i) => perS / (peer[i] ?? Number.NaN)))
  return {
    what: `logins/s, ${loginClients} clients, ${slots} hashes at once`,
    ours: round(median(ours), 1),
    peer: `${round(median(peer), 1)} bare Argon2`,
    ratio: ratio.toFixed(2),
    target: '≥ 0.9',
    meets: ratio >= 0.9,
  }
}

/** Signs in once and returns what does so again from the same device. */
async function createLoginClient(origin: string, email: string): Promise<() => Promise<void>> {
  const json = { email, password: goodPassword }
  const first = await call(origin, '/api/auth/login', { json })
  const cookie = first.headers
    .getSetCookie()
    .find((text) => text.startsWith('banyan_device='))
    ?.split(';')[0]
  if (cookie === undefined) throw new Error(`the first login got no device token: ${first.text}`)
  return async () => {
    const { status, text } = await call(origin, '/api/auth/login', { json, headers: { cookie } })
    if (status !== 200) throw new Error(`a login was refused: ${text}`)
  }
}

async function loginsPerSecond(clients: readonly (() => Promise<void>)[], seconds: number): Promise<number> {
  const started = performance.now()
  let count = 0
  const loop = async (signIn: () => Promise<void>) => {
    while (performance.now() - started < seconds * 1_000) {
      await signIn()
      count++
    }
  }
  await Promise.all(clients.map(loop))
  return count / ((performance.now() - started) / 1_000)
}

async function startBareArgon(atOnce: number) {
  const phc = await createPasswordHasher({ parameters: argonDefault, slots: 1 }).hash(goodPassword)
  const child = spawn(process.execPath, [fileURLToPath(new URL('bare-argon.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  return {
    async perSecond(seconds: number): Promise<number> {
      const answer = once(lines, 'line') as Promise<[string]>
      child.stdin.write(`${JSON.stringify({ phc, password: goodPassword, atOnce, seconds })}\n`)
      return Number((await answer)[0])
    },
    stop: () => child.kill(),
  }
}

/** Each name is guessed at as often as it may be, in turns with a name nobody has. */
async function compareRefusals(origin: string, emails: readonly string[], samples: number): Promise<Figure> {
  const [wrong, unknown]: [number[], number[]] = [[], []]
  for (let i = 0; i < samples; i++) {
    const email = emails[i % emails.length] ?? ''
    const turns: [string, number[]][] = [
      [email, wrong],
      [`nobody-${email}`, unknown],
    ]
    for (const [name, times] of i % 2 === 0 ? turns : turns.toReversed()) times.push(await timeRefusal(origin, name))
  }
  const [ours, peer] = [median(unknown), median(wrong)]
  const p = mannWhitneyP(unknown, wrong)
  const ratio = ours / peer
  return {
    what: `refused login of an unknown name, ms, ${samples} samples, Mann–Whitney p ${p.toFixed(2)}`,
    ours: round(ours, 1),
    peer: `${round(peer, 1)} wrong password`,
    ratio: ratio.toFixed(2),
    target: '0.9–1.1, p > 0.01',
    meets: Math.abs(ratio - 1) <= 0.1 && p > 0.01,
  }
}

async function timeRefusal(origin: string, email: string): Promise<number> {
  const started = performance.now()
  const { status, text } = await call(origin, '/api/auth/login', { json: { email, password: 'not the password' } })
  if (status !== 401) throw new Error(`a wrong login was answered ${text}`)
  return performance.now() - started
}
