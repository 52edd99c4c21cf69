import { afterEach, describe, expect, it } from 'vitest'
import type { Edge, EdgeRun, EdgeStore } from '../../../modules/analysis/index.ts'

export interface EdgeStoreContext {
  readonly store: EdgeStore
  empty(): Promise<void>
}

/** What every store of edges must do. */
export function describeEdgeStore(given: EdgeStoreContext): void {
  describe('the store of edges', () => {
    afterEach(() => given.empty())

    it('has none at first', async () => {
      expect([await given.store.readRun(), await given.store.readRunNumber()]).toEqual([null, null])
    })

    it('gives back what was put, to the last digit', async () => {
      const number = await given.store.begin(1_623_146_400_000)
      const run = runOf(number, 1_200)
      await given.store.finish(run)
      const read = await given.store.readRun()
      expect(read && { ...read, edges: read.edges.toSorted(byHorizon) }).toEqual(run)
      expect(await given.store.readRunNumber()).toBe(number)
    })

    it('holds one measurement: a later one takes the place of the one before', async () => {
      await given.store.finish(runOf(await given.store.begin(1), 3))
      const second = await given.store.begin(2)
      await given.store.finish(runOf(second, 2))
      const read = await given.store.readRun()
      expect([read?.number, read?.edges.length]).toEqual([second, 2])
    })

    it('keeps the one before while another is under way, and when that never ends', async () => {
      const first = await given.store.begin(1)
      await given.store.finish(runOf(first, 1))
      await given.store.begin(2)
      expect((await given.store.readRun())?.number).toBe(first)
    })

    it('refuses a measurement when a later one has begun, and changes nothing', async () => {
      const late = await given.store.begin(1)
      const now = await given.store.begin(1)
      await given.store.finish(runOf(now, 2))
      await expect(given.store.finish(runOf(late, 1))).rejects.toMatchObject({ code: 'unavailable' })
      expect((await given.store.readRun())?.number).toBe(now)
    })

    it('takes a measurement that found nothing', async () => {
      const number = await given.store.begin(1)
      await given.store.finish(runOf(number, 0))
      expect((await given.store.readRun())?.edges).toEqual([])
    })
  })
}

const byHorizon = (a: Edge, b: Edge) => a.horizon - b.horizon

function runOf(number: number, edges: number): EdgeRun {
  return {
    number,
    asOf: 1_623_146_400_000,
    revision: '6 1623146400000',
    horizons: [1, 5, 10, 20],
    costPct: 0.25,
    priorWeight: 50,
    instruments: 61,
    candles: 217_953,
    calibration: [
      {
        timeframe: 'day',
        horizon: 5,
        split: 1_511_000_000_123,
        bins: [
          {
            promised: 47.123456789,
            records: 9,
            n: 1_402,
            hits: 661,
            hitRate: 47.14,
            interval: [44.2, 50.1],
            usual: 48.5,
          },
          { promised: 53.1, records: 1, n: 4, hits: 2, hitRate: 50, interval: null, usual: 51.2 },
        ],
      },
    ],
    edges: Array.from({ length: edges }, (_, i) => ({
      timeframe: 'day',
      pattern: 'CDLHAMMER',
      direction: 'bullish',
      horizon: i + 1,
      n: 412,
      hits: 214,
      hitRate: 51.94174757281554,
      baseRate: 51.2,
      shrunk: 51.86147186147186,
      interval: [48.0123456789, 55.7],
      meanReturnPct: -0.1234567890123,
      q: 1,
      verdict: 'no_measurable_edge',
    })),
  }
}
