import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GuessLimit, IdentityTransaction } from '../../../modules/identity/index.ts'
import { createGuessModel } from './guess-model.ts'
import { countOf, type IdentityContext, race, write } from './identity-context.ts'
import { testNow } from './open-stores.ts'

type Act =
  | { readonly act: 'take' | 'refund' | 'clear'; readonly some: readonly GuessLimit[] }
  | { readonly act: 'wait'; readonly ms: number }

/** Says what every engine must do with counters of guesses. */
export function describeGuesses(given: IdentityContext): void {
  const limitOf = (told: Partial<GuessLimit> = {}): GuessLimit => ({
    bucket: 'password:asha',
    limit: 3,
    windowMs: 1_000,
    lockMs: null,
    ...told,
  })
  const take = (limits: GuessLimit | readonly GuessLimit[], afterMs = 0) =>
    write(given, (tx) => tx.takeGuess([limits].flat(), testNow + afterMs))
  /** Takes a guess at each of these times, in ms from the start, and returns what it got; ends of refusals also from the start. */
  const takeAll = async (limit: GuessLimit, times: readonly number[]) => {
    const outcomes: ('taken' | number | null)[] = []
    for (const afterMs of times) {
      const outcome = await take(limit, afterMs)
      outcomes.push(outcome === 'taken' ? outcome : outcome.refusedUntil && outcome.refusedUntil - testNow)
    }
    return outcomes
  }
  const count = (limit: GuessLimit, afterMs = 0) => write(given, (tx) => tx.countGuesses(limit, testNow + afterMs))

  describe('guesses', () => {
    it('are counted up to the limit in a window that begins with the first', async () => {
      const limit = limitOf()
      expect(await count(limit)).toBe(0)
      expect(await takeAll(limit, [0, 400, 999, 999])).toEqual(['taken', 'taken', 'taken', 1_000])
      expect([await count(limit, 999), await count(limit, 1_000)]).toEqual([3, 0])
      expect(await takeAll(limit, [1_000, 1_001, 1_999, 1_999])).toEqual(['taken', 'taken', 'taken', 2_000])
    })

    it('begin anew when the window ended before the limit', async () => {
      expect(await takeAll(limitOf(), [0, 900, 1_000, 1_100, 1_200, 1_300])).toEqual([
        'taken',
        'taken',
        'taken',
        'taken',
        'taken',
        2_000,
      ])
    })

    it('are refused for the lock from the guess that reached the limit, and refusals prolong nothing', async () => {
      const limit = limitOf({ lockMs: 5_000 })
      expect(await takeAll(limit, [0, 500, 900, 901, 3_000, 5_899])).toEqual([
        'taken',
        'taken',
        'taken',
        5_900,
        5_900,
        5_900,
      ])
      expect(await count(limit, 5_899)).toBe(3)
      expect(await takeAll(limit, [5_900, 5_901])).toEqual(['taken', 'taken'])
    })

    it('begin anew after a lock that is shorter than the window', async () => {
      expect(await takeAll(limitOf({ lockMs: 10 }), [0, 1, 2, 11, 12, 13, 14, 15])).toEqual([
        'taken',
        'taken',
        'taken',
        12,
        'taken',
        'taken',
        'taken',
        24,
      ])
    })

    it('without a window are counted until they are cleared', async () => {
      const limit = limitOf({ windowMs: null })
      const years = 10 * 365 * 86_400_000
      expect(await takeAll(limit, [0, years, 2 * years, 3 * years])).toEqual(['taken', 'taken', 'taken', null])
      await write(given, (tx) => tx.clearGuesses([limit.bucket]))
      expect(await takeAll(limit, [3 * years])).toEqual(['taken'])
    })

    it('without a window but with a lock begin anew after the lock', async () => {
      expect(await takeAll(limitOf({ windowMs: null, lockMs: 10 }), [0, 50, 100, 109, 110])).toEqual([
        'taken',
        'taken',
        'taken',
        110,
        'taken',
      ])
    })

    it('lock with the first one when the limit is one', async () => {
      expect(await takeAll(limitOf({ limit: 1 }), [0, 1, 1_000])).toEqual(['taken', 1_000, 'taken'])
      expect(await takeAll(limitOf({ bucket: 'b', limit: 1, lockMs: 7 }), [0, 1, 7])).toEqual(['taken', 7, 'taken'])
    })

    it('are refused to the end of the window when the limit was lowered meanwhile', async () => {
      await takeAll(limitOf(), [0, 1])
      expect(await takeAll(limitOf({ limit: 2, lockMs: 5 }), [2, 1_000])).toEqual([1_000, 'taken'])
    })

    it('given back undo the lock they caused', async () => {
      const limit = limitOf({ lockMs: 5_000 })
      await takeAll(limit, [0, 1, 2])
      await write(given, (tx) => tx.refundGuess([limit]))
      expect(await count(limit, 3)).toBe(2)
      expect(await takeAll(limit, [3, 4])).toEqual(['taken', 5_003])
    })

    it('all given back leave no window behind', async () => {
      const limit = limitOf()
      await takeAll(limit, [0])
      await write(given, (tx) => tx.refundGuess([limit]))
      await write(given, (tx) => tx.refundGuess([limit]))
      expect(await takeAll(limit, [900, 950, 990, 1_100])).toEqual(['taken', 'taken', 'taken', 1_900])
    })

    it('of several buckets count in all or in none, and the longest refusal is told', async () => {
      const [a, b, c] = [
        limitOf({ bucket: 'a', limit: 1, lockMs: 50 }),
        limitOf({ bucket: 'b', limit: 2, lockMs: 90 }),
        limitOf({ bucket: 'c', limit: 9 }),
      ]
      expect(await take([c, b, a])).toBe('taken')
      expect(await take([c, b, a], 1)).toEqual({ refusedUntil: testNow + 50 })
      expect([await count(a), await count(b), await count(c)]).toEqual([1, 1, 1])
      expect(await take([b], 2)).toBe('taken')
      expect(await take([a, b, c], 3)).toEqual({ refusedUntil: testNow + 92 })
      expect(await take([c, limitOf({ bucket: 'd', limit: 1, windowMs: null })], 4)).toBe('taken')
      const forever = limitOf({ bucket: 'd', limit: 1, windowMs: null })
      expect(await take([forever, b, c], 5)).toEqual({ refusedUntil: null })
      expect([await count(a, 5), await count(b, 5), await count(c, 5)]).toEqual([1, 2, 2])
      expect(await take([])).toBe('taken')
    })

    it('refused in a transaction leave its other writes alone', async () => {
      const limit = limitOf({ limit: 1 })
      await take(limit)
      const id = await given.addAccount({ name: 'before' })
      await write(given, async (tx) => {
        await tx.updateAccount(id, { name: 'after' })
        await tx.takeGuess([limitOf({ bucket: 'a' }), limit], testNow)
      })
      expect(await given.store.reads.findAccount({ id })).toMatchObject({ name: 'after' })
      expect(await count(limitOf({ bucket: 'a' }))).toBe(0)
    })

    it('are cleared by name and by the beginning of a name, letter for letter', async () => {
      const buckets = ['account:1:a', 'account:1:b', 'account:10:a', 'Account:1:a', 'account:1', 'account:1:é𝒳', 'x_%']
      for (const bucket of buckets) await take(limitOf({ bucket }))
      const left = async () => {
        const counts = await Promise.all(buckets.map((bucket) => count(limitOf({ bucket }))))
        return buckets.filter((_, i) => counts[i] === 1)
      }
      await write(given, (tx) => tx.clearGuessesBelow('account:1:'))
      expect(await left()).toEqual(['account:10:a', 'Account:1:a', 'account:1', 'x_%'])
      await write(given, (tx) => tx.clearGuessesBelow('x%'))
      await write(given, (tx) => tx.clearGuesses(['account:1', 'nothing']))
      expect(await left()).toEqual(['account:10:a', 'Account:1:a', 'x_%'])
    })

    it('do not pass the limit together when a hundred come at once', async () => {
      const outcomes = await race(given, 100, (tx) => tx.takeGuess([limitOf({ limit: 5 })], testNow))
      expect(countOf(outcomes, 'taken')).toBe(5)
      expect(await count(limitOf())).toBe(5)
    })

    it('do not pass any limit together, in whatever order their buckets are named, and nobody waits in a circle', async () => {
      const [a, b, c] = [
        limitOf({ bucket: 'a', limit: 20 }),
        limitOf({ bucket: 'b', limit: 7 }),
        limitOf({ bucket: 'c', limit: 9 }),
      ]
      const orders = [[a, b], [b, a], [c, b, a], [c, a], [a, c], [b]]
      const taken = await race(given, 100, async (tx, n) => {
        const limits = orders[n % orders.length] ?? []
        return (await tx.takeGuess(limits, testNow)) === 'taken' ? limits : []
      })
      const counted = [await count(a), await count(b), await count(c)]
      expect(counted).toEqual([a, b, c].map((limit) => countOf(taken.flat(), limit)))
      expect(counted.every((guesses, i) => guesses <= ([a, b, c][i]?.limit ?? 0))).toBe(true)
    })

    it('behave as the model does, whatever happens in whatever order', async () => {
      const limits = [
        limitOf({ bucket: 'a', limit: 3, windowMs: 10 }),
        limitOf({ bucket: 'b', limit: 2, windowMs: null, lockMs: 5 }),
        limitOf({ bucket: 'c', limit: 4, windowMs: 7, lockMs: 20 }),
        limitOf({ bucket: 'd', limit: 5, windowMs: null }),
        limitOf({ bucket: 'e', limit: 1, windowMs: 30, lockMs: 3 }),
      ]
      const some = fc.subarray(limits, { minLength: 1 })
      const act: fc.Arbitrary<Act> = fc.oneof(
        { weight: 6, arbitrary: fc.record({ act: fc.constant('take' as const), some }) },
        { weight: 2, arbitrary: fc.record({ act: fc.constant('refund' as const), some }) },
        { weight: 1, arbitrary: fc.record({ act: fc.constant('clear' as const), some }) },
        { weight: 4, arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 12 }) }) },
      )
      await fc.assert(
        fc.asyncProperty(fc.array(act, { maxLength: 40 }), (history) =>
          write(given, async (tx) => {
            await tx.clearGuesses(limits.map((limit) => limit.bucket))
            await follow(tx, history)
          }),
        ),
        { numRuns: 100 },
      )

      async function follow(tx: IdentityTransaction, history: readonly Act[]) {
        const model = createGuessModel()
        let now = testNow
        for (const one of history) {
          if (one.act === 'wait') now += one.ms
          else if (one.act === 'take') expect(await tx.takeGuess(one.some, now)).toEqual(model.takeGuess(one.some, now))
          else if (one.act === 'refund') {
            await tx.refundGuess(one.some)
            model.refundGuess(one.some)
          } else {
            const buckets = one.some.map((limit) => limit.bucket)
            await tx.clearGuesses(buckets)
            model.clearGuesses(buckets)
          }
          for (const limit of limits) expect(await tx.countGuesses(limit, now)).toBe(model.countGuesses(limit, now))
        }
      }
    })
  })
}
