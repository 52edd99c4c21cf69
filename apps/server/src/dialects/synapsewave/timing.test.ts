import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, startWorld, type World } from './testing/synapsewave-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const samples = 200

describe('an unknown user and a wrong password', () => {
  it('get the same bytes in the same time, medians within 10 %', { timeout: 180_000 }, async () => {
    const people: Person[] = []
    for (let i = 0; i < 4; i++) people.push(await world.addPerson())
    const texts = new Set<string>()
    const known: number[] = []
    const unknown: number[] = []
    const measure = async (user: Person | string, times: number[]) => {
      const members = { password: 'not the password', second_auth_type: 'OTP', second_auth: '123456' }
      const start = performance.now()
      texts.add((await world.login(user, members)).text)
      times.push(performance.now() - start)
    }
    for (let i = 0; i < samples; i++) {
      // A name takes four in 15 minutes without a lock; the counters of four names never reach those of an hour or in a row.
      if (i % 16 === 0) world.server.turn(20 * 60_000)
      const turn = i % 4
      const both = [() => measure(people[turn] ?? '', known), () => measure(`NOBODY${turn}`, unknown)]
      for (const one of i % 2 === 0 ? both : both.reverse()) await one()
    }
    expect([...texts]).toEqual([
      '{"status":"error","code":"e-101","message":"Invalid user id or password.","errors":"e-21"}',
    ])
    const ratio = medianOf(unknown) / medianOf(known)
    expect([ratio > 0.9, ratio < 1.1, ratio]).toEqual([true, true, ratio])
  })
})

function medianOf(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
