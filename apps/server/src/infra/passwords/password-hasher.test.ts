import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { argonDefault, argonFloor, isWeaker, slotsFor } from './argon-parameters.ts'
import { createPasswordHasher } from './password-hasher.ts'

const cheap = createPasswordHasher({ parameters: argonFloor, slots: 2 })

describe('password hashes', () => {
  it('are Argon2id with the configured cost, a salt of their own, and fit their text alone', async () => {
    const hasher = createPasswordHasher({ parameters: argonDefault, slots: 1 })
    const phc = await hasher.hash('pässwörd 🔑')
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(await hasher.hash('pässwörd 🔑')).not.toBe(phc)
    expect(await hasher.verify(phc, 'pässwörd 🔑')).toBe(true)
    expect(await hasher.verify(phc, 'pässwörd 🔒')).toBe(false)
  })

  it('depend on every character up to the longest password, and trim or fold nothing', async () => {
    const long = `${'a'.repeat(199)}b`
    const phc = await cheap.hash(long)
    expect(await cheap.verify(phc, `${'a'.repeat(199)}c`)).toBe(false)
    for (const other of [`${long} `, ` ${long}`, long.toUpperCase(), `${long}\0`]) {
      expect(await cheap.verify(phc, other)).toBe(false)
    }
    expect(await cheap.verify(await cheap.hash(' '.repeat(15)), ' '.repeat(14))).toBe(false)
  })

  it('of any text are found again, and no other text fits', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 256 })
    await fc.assert(
      fc.asyncProperty(text, text, async (password, other) => {
        const phc = await cheap.hash(password)
        expect(await cheap.verify(phc, password)).toBe(true)
        expect(await cheap.verify(phc, other)).toBe(other === password)
      }),
      { numRuns: 15 },
    )
  })

  it('made with a pepper open with that pepper only: none of the guesses fits without it', async () => {
    const secret = Buffer.alloc(32, 7)
    const phc = await cheap.hash('48291', { secret })
    expect(await cheap.verify(phc, '48291', { secret })).toBe(true)
    expect(await cheap.verify(phc, '48292', { secret })).toBe(false)
    expect(await cheap.verify(phc, '48291')).toBe(false)
    expect(await cheap.verify(phc, '48291', { secret: Buffer.alloc(32, 8) })).toBe(false)
  })

  it('below the configured cost ask to be made anew, equal or stronger ones do not', async () => {
    const [weak, strong] = [argonFloor, { memoryKiB: 20_480, passes: 3, lanes: 1 }].map((parameters) =>
      createPasswordHasher({ parameters, slots: 1 }),
    )
    const stored = (await weak?.hash('x')) ?? ''
    expect(strong?.needsRehash(stored)).toBe(true)
    expect(weak?.needsRehash(stored)).toBe(false)
    expect(weak?.needsRehash((await strong?.hash('x')) ?? '')).toBe(false)
    expect(cheap.needsRehash(stored.replace('argon2id', 'argon2i'))).toBe(true)
  })

  it('are refused below the floor, and a stored text that is none is an error, not a wrong password', async () => {
    for (const below of [{ memoryKiB: 8_192 }, { passes: 1 }, { lanes: 0 }]) {
      expect(() => createPasswordHasher({ parameters: { ...argonFloor, ...below }, slots: 1 })).toThrow(TypeError)
    }
    await expect(cheap.verify('not a hash', 'x')).rejects.toThrow()
  })

  it('have a stand-in for accounts that do not exist, which costs the same and fits nothing', async () => {
    const other = createPasswordHasher({ parameters: argonFloor, slots: 1 })
    expect(cheap.dummy).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(cheap.dummy).not.toBe(other.dummy)
    expect(cheap.needsRehash(cheap.dummy)).toBe(false)
    const before = cheap.statistics().hashes
    for (const guess of ['', 'password', cheap.dummy]) expect(await cheap.verify(cheap.dummy, guess)).toBe(false)
    expect(cheap.statistics().hashes - before).toBe(3)
  })
})

describe('hashing under load', () => {
  it('runs as many as there are slots, keeps 16 waiting, and refuses the rest without computing anything', async () => {
    const hasher = createPasswordHasher({ parameters: argonFloor, slots: 2 })
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, (_, i) => hasher.hash(`password ${i}`)))
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => outcome.reason)
    expect(refused).toHaveLength(60 - 2 - 16)
    for (const error of refused) expect(error).toMatchObject({ code: 'unavailable', retryAfterS: 5 })
    expect(hasher.statistics()).toEqual({ running: 0, waiting: 0, peakRunning: 2, peakWaiting: 16, hashes: 18 })
  })

  it('leaves the event loop free while it computes', async () => {
    const hasher = createPasswordHasher({ parameters: argonFloor, slots: 1 })
    let turns = 0
    let isDone = false
    const turning = (async () => {
      for (; !isDone; turns++) await new Promise(setImmediate)
    })()
    await Promise.all([hasher.hash('a'), hasher.hash('b')])
    isDone = true
    await turning
    expect(turns).toBeGreaterThan(100)
  })
})

it('as many hashes run as processors and threads allow, at least one and at most four', () => {
  const cases = [
    [2, 4, 2],
    [8, 4, 2],
    [8, 16, 4],
    [1, 16, 1],
    [3, 16, 3],
    [8, 1, 1],
  ]
  for (const [cores = 0, threadPoolSize = 0, slots] of cases) expect(slotsFor({ cores, threadPoolSize })).toBe(slots)
  expect(isWeaker(argonFloor, argonDefault)).toBe(true)
})
