import { describe, expect, it } from 'vitest'
import { type KotakPerson, startKotakWorld } from './testing/kotak-world.ts'

const minuteMs = 60_000

describe('case 5: the time of a refused login', () => {
  it('is the same for a wrong password and an unknown userid over 200 samples of each', async () => {
    const world = await startKotakWorld()
    const people: KotakPerson[] = []
    for (let i = 0; i < 4; i++) people.push(await world.createPerson())
    const [wrong, unknown]: [number[], number[]] = [[], []]
    for (let i = 0; i < 200; i++) {
      // Four names take turns, so that each is guessed at five times in a quarter of an hour.
      if (i % 20 === 0) world.turn(16 * minuteMs)
      const person = people[i % 4]
      if (person === undefined) throw new Error('nobody to sign in')
      wrong.push(await timed(() => person.login({ password: 'not the password' })))
      unknown.push(await timed(() => person.login({ userid: world.unknownClientCode() })))
    }
    await world.close()
    const [a, b] = [median(wrong), median(unknown)]
    expect(Math.abs(a - b) / Math.max(a, b)).toBeLessThan(0.1)
  }, 120_000)
})

async function timed(call: () => ReturnType<KotakPerson['login']>): Promise<number> {
  const start = performance.now()
  const { fault } = await call()
  expect(fault?.code).toBe(100001)
  return performance.now() - start
}

function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
