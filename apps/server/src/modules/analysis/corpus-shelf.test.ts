import { describe, expect, it } from 'vitest'
import type { ClosesCorpus } from './analysis-jobs.ts'
import { createCorpusShelf } from './corpus-shelf.ts'

/** A shelf whose readings end when the test says so. */
function openShelf() {
  let now = 1
  const readings: { readonly reach: number; readonly corpus: ClosesCorpus; end(): void; fail(error: Error): void }[] =
    []
  const shelf = createCorpusShelf({
    reach: () => now,
    read(reach) {
      const { promise, resolve, reject } = Promise.withResolvers<ClosesCorpus>()
      const content = { closes: new Float64Array(0), ids: [], bounds: new Float64Array(1) }
      const corpus: ClosesCorpus = { content, times: new Float64Array(0), instruments: [], base: [] }
      readings.push({ reach, corpus, end: () => resolve(corpus), fail: reject })
      return promise
    },
  })
  return {
    shelf,
    readings,
    turnTo(reach: number) {
      now = reach
    },
    /** Renews and ends the reading that began. */
    async renew(revision: string) {
      const renewed = shelf.renew(revision)
      readings.at(-1)?.end()
      await renewed
    },
  }
}

describe('the shelf of closes', () => {
  it('reads once for all who ask, and not again for a day and revision it has', async () => {
    const { shelf, readings, renew } = openShelf()
    const asked = [shelf.get(), shelf.get()]
    readings[0]?.end()
    expect(await Promise.all(asked)).toEqual([readings[0]?.corpus, readings[0]?.corpus])
    await renew('1')
    await renew('1')
    expect(await shelf.get()).toBe(readings[1]?.corpus)
    expect(readings.length).toBe(2)
  })

  it('serves what is at hand while it reads what was imported', async () => {
    const { shelf, readings, renew } = openShelf()
    await renew('1')
    const renewed = shelf.renew('2')
    expect(await shelf.get()).toBe(readings[0]?.corpus)
    readings[1]?.end()
    await renewed
    expect(await shelf.get()).toBe(readings[1]?.corpus)
  })

  it.each([
    ['next', 2],
    ['day before', 0],
  ])('serves nothing of today on the %s', async (_, reach) => {
    const { shelf, readings, renew, turnTo } = openShelf()
    await renew('1')
    turnTo(reach)
    const renewed = shelf.renew('1')
    const asked = shelf.get()
    readings[1]?.end()
    expect(await asked).toBe(readings[1]?.corpus)
    await renewed
    expect(readings.map((reading) => reading.reach)).toEqual([1, reach])
  })

  it('takes a reading that a request began for its own', async () => {
    const { shelf, readings, renew, turnTo } = openShelf()
    await renew('1')
    turnTo(2)
    const asked = shelf.get()
    await renew('1')
    expect(await asked).toBe(readings[1]?.corpus)
    expect(readings.length).toBe(2)
  })

  it('reads again after a reading that failed, and serves what it had meanwhile', async () => {
    const { shelf, readings, renew } = openShelf()
    await renew('1')
    const renewed = shelf.renew('2')
    readings[1]?.fail(new Error('no thread'))
    await expect(renewed).rejects.toThrow('no thread')
    expect(await shelf.get()).toBe(readings[0]?.corpus)
    await renew('2')
    expect(await shelf.get()).toBe(readings[2]?.corpus)
  })

  it('tells a request of a reading that failed, and the next one reads again', async () => {
    const { shelf, readings } = openShelf()
    const asked = shelf.get()
    readings[0]?.fail(new Error('no thread'))
    await expect(asked).rejects.toThrow('no thread')
    const again = shelf.get()
    readings[1]?.end()
    expect(await again).toBe(readings[1]?.corpus)
  })
})
