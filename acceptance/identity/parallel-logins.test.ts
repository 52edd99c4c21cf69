import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measureOpenLoad } from '../../bench/open-load.ts'
import { ask } from '../ask.ts'
import { type BanyanProcess, startBanyan, temporaryFolder } from '../banyan-process.ts'
import { startLoginWaves } from './login-waves.ts'
import { goodPassword, signIn } from './people.ts'
import { seedAccounts } from './seeded-accounts.ts'

const accounts = 200
/** As the server counts them with the default of four threads (quality bar P2). */
const slots = Math.max(1, Math.min(4, cpus().length, 4 - 2))
const load = { ratePerS: 200, seconds: 4, connections: 4 }

const home = temporaryFolder()
let banyan: BanyanProcess
let emails: readonly string[]

beforeAll(async () => {
  emails = await seedAccounts(home.path, accounts)
  banyan = await startBanyan({
    BANYAN_HOME: home.path,
    REPLAY_START: '15:45',
    REPLAY_LOOP: 'off',
    RATE_LIMIT: 'off',
    TRUST_PROXY: '127.0.0.1', // a proxy's many connections are not bounded per address
  })
}, 120_000)
afterAll(async () => {
  await banyan?.stop('SIGKILL')
  home.remove()
})

/** Resident memory of the server in MiB: now, and the highest since {@link forgetPeak}. */
function memory(): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${banyan.pid}/status`, 'utf8')
  const [now = 0, peak = 0] = ['VmRSS', 'VmHWM'].map(
    (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024,
  )
  return { now, peak }
}

/** proc_pid_clear_refs(5): 5 sets the peak to what is resident now. */
function forgetPeak(): void {
  writeFileSync(`/proc/${banyan.pid}/clear_refs`, '5')
}

/** Asks whether the server lives, every 50 ms; `stop` tells each answer. */
function watchLiveness() {
  const answers: { readonly status: number; readonly ms: number }[] = []
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      answers.push(await ask(banyan.origin, '/livez'))
      await sleep(50)
    }
  })()
  return {
    async stop() {
      isOver = true
      await watching
      return answers
    },
  }
}

describe.skipIf(process.platform !== 'linux')(`${accounts} logins at once`, () => {
  it('take bounded memory, refuse the surplus with a time to come back, and leave the server alive', async () => {
    for (const email of emails.slice(0, 4)) await signIn(banyan.origin, { email, password: goodPassword })
    const snapshot = `${banyan.origin}/api/index/snapshot`
    await measureOpenLoad(snapshot, { ...load, seconds: 1 })
    const idle = await measureOpenLoad(snapshot, load)
    forgetPeak()
    const before = memory()
    const lives = watchLiveness()
    const wrong = (i: number) => (i % 10 === 0 ? 'not the password' : goodPassword)
    const waves = startLoginWaves(
      banyan.origin,
      emails.map((email, i) => ({ email, password: wrong(i) })),
    )
    const busy = await measureOpenLoad(snapshot, load)
    const outcomes = await waves.stop()
    const answers = await lives.stop()

    const count = (status: number) => outcomes.filter((outcome) => outcome.status === status).length
    expect(outcomes.length).toBeGreaterThanOrEqual(accounts)
    expect(new Set([...outcomes.map(({ status }) => status), 401, 429])).toEqual(new Set([200, 401, 429, 503]))
    expect(count(200)).toBeGreaterThanOrEqual(slots)
    for (const { status, retryAfter } of outcomes) {
      if (status === 503 || status === 429) expect(retryAfter).toMatch(/^[1-9]\d*$/)
    }
    const grown = memory().peak - before.now
    expect(grown).toBeLessThanOrEqual(slots * 64 + 64)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))

    const statuses = [200, 401, 429, 503].map((status) => `${count(status)} × ${status}`).join(', ')
    const slowest = Math.max(...answers.map(({ ms }) => ms))
    process.stdout.write(
      [
        `${outcomes.length} logins: ${statuses}`,
        `memory grew by ${Math.round(grown)} MiB with ${slots} slots`,
        `/livez answered ${answers.length} times, the slowest in ${Math.round(slowest)} ms`,
        `snapshot p99 idle ${idle.p99Ms.toFixed(1)} ms, meanwhile ${busy.p99Ms.toFixed(1)} ms: × ${(busy.p99Ms / idle.p99Ms).toFixed(1)}`,
        `snapshot p50 idle ${idle.p50Ms.toFixed(1)} ms, meanwhile ${busy.p50Ms.toFixed(1)} ms\n`,
      ].join('\n'),
    )
  }, 120_000)
})
