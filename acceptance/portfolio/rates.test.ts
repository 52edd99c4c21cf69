import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrokerStage, startBrokerStage } from './broker-stage.ts'
import type { SandboxBroker, SandboxCall } from './sandbox-process.ts'
import { type Caller, credentialsFrom, syncOnce } from './sync-call.ts'

/** More than either broker may be asked for at once. A release runs five hundred: SYNCING_USERS=500. */
const users = Number(process.env['SYNCING_USERS'] ?? 70)
/** As the brokers publish them (upstreams.md §2.4, §3.4). */
const published = { zerodha: { calls: 10, perMs: 1_000 }, icici: { calls: 100, perMs: 60_000 } } as const
/** What a browser asks, not Banyan. */
const ofBrowsers: readonly (string | null)[] = ['login', 'login-finish']

let stage: BrokerStage
beforeAll(async () => {
  stage = await startBrokerStage()
}, 120_000)
afterAll(() => stage?.close())

interface User {
  readonly person: Caller
  readonly broker: SandboxBroker
}

async function registerAll(): Promise<readonly User[]> {
  const all: User[] = []
  for (let i = 0; i < users; i++)
    all.push({ person: await stage.addPerson(), broker: i % 2 === 0 ? 'zerodha' : 'icici' })
  return all
}

/** Returns the most calls of any span of `perMs`. */
function mostWithin(calls: readonly SandboxCall[], perMs: number): number {
  const times = calls.map(({ at }) => Date.parse(at)).sort((a, b) => a - b)
  let first = 0
  let most = 0
  for (const [last, time] of times.entries()) {
    while (time - (times[first] ?? time) >= perMs) first += 1
    most = Math.max(most, last - first + 1)
  }
  return most
}

describe(`${users} people who sync at once`, () => {
  it(
    'U5: stay together inside each broker’s published rate; who cannot be served is told when to come back',
    async () => {
      const signedIn = await Promise.all(
        (await registerAll()).map(async (user) => ({
          ...user,
          credentials: await credentialsFrom(stage.sandbox, user.broker, stage.newKey()),
        })),
      )
      const replies = await Promise.all(
        signedIn.map(async ({ person, broker, credentials }) => ({
          broker,
          reply: await syncOnce(person, broker, credentials),
        })),
      )
      for (const broker of ['zerodha', 'icici'] as const) {
        const { calls: limit, perMs } = published[broker]
        const calls = (await stage.sandbox.log(broker)).filter(({ operation }) => !ofBrowsers.includes(operation))
        const people = replies.filter((one) => one.broker === broker)
        const endings = Object.fromEntries(
          [...Map.groupBy(people, ({ reply }) => reply.body.code ?? 'served')].map(([code, own]) => [code, own.length]),
        )
        const most = mostWithin(calls, perMs)
        process.stdout.write(`${JSON.stringify({ broker, perMs, most, limit, calls: calls.length, endings })}\n`)
        expect(most).toBeLessThanOrEqual(limit)
        expect([...new Set(calls.map(({ status }) => status))]).toEqual([200])
        // All of them at once would have been far too many, and some are served nevertheless.
        expect(people.length * 4).toBeGreaterThan(limit)
        expect(endings['served']).toBeGreaterThan(0)
      }
      for (const { reply } of replies.filter((one) => one.reply.status !== 200)) {
        expect([reply.status, reply.body.code]).toEqual([503, 'broker_rate_limited'])
        expect(reply.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
      }
    },
    90_000 + users * 500,
  )
})
