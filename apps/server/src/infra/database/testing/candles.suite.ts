import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchOf, dailyBars, day, factOf, fileOf } from './candle-batches.ts'
import { nseSource, type StoreContext } from './store-context.ts'

/** Says what every engine must do with candles and their sources. */
export function describeCandles(given: StoreContext): void {
  const everything = { from: -8e15, to: 8e15, limit: 5_000 }

  describe('candles', () => {
    it('tells new rows, replaced rows and identical rows apart', async () => {
      const [key = 0] = await given.tx.putInstruments([factOf('TCS')])
      const source = await given.tx.putSource(nseSource)
      const closes = Array.from({ length: 150 }, (_, n) => 100 + n)
      const put = (values: readonly number[]) => given.tx.putCandles(batchOf(dailyBars(0, values)), [key], source)
      expect(await put(closes)).toEqual({ inserted: 150, replaced: 0 })
      expect(await put(closes)).toEqual({ inserted: 0, replaced: 0 })
      expect(await put([...closes.slice(0, 149), 7, 8, 9])).toEqual({ inserted: 2, replaced: 1 })
    })

    it('lets the last of two rows with one key win', async () => {
      const [key = 0] = await given.tx.putInstruments([factOf('TCS')])
      const sourceKey = await given.tx.putSource(nseSource)
      const bars = [...dailyBars(0, Array<number>(70).fill(50)), { instrument: 1, time: day(3), close: 60 }]
      expect(await given.tx.putCandles(batchOf(bars), [key, key], sourceKey)).toEqual({ inserted: 70, replaced: 1 })
      await given.tx.commit(fileOf())
      const read = await given.candles().readCandles({ instrumentKey: key, sourceKey, interval: 'day', ...everything })
      expect(read.close[3]).toBe(60)
    })

    it('writes rows that come by day instead of by instrument', async () => {
      const keys = await given.tx.putInstruments(Array.from({ length: 90 }, (_, n) => factOf(`S${n}`)))
      const sourceKey = await given.tx.putSource(nseSource)
      const bars = [2, 0, 1].flatMap((n) =>
        keys.map((_, i) => ({ instrument: i, time: day(n), close: 10 * i + n + 9 })),
      )
      expect(await given.tx.putCandles(batchOf(bars), keys, sourceKey)).toEqual({ inserted: 270, replaced: 0 })
      await given.tx.commit(fileOf())
      const query = { instrumentKey: keys[89] ?? 0, sourceKey, interval: 'day' as const, ...everything }
      const read = await given.candles().readCandles(query)
      expect([...read.close]).toEqual([899, 900, 901])
      expect([...read.time]).toEqual([day(0), day(1), day(2)])
    })

    it('tells which instruments have a bar of a day, from whatever source', async () => {
      const [tcs = 0, infy = 0, wipro = 0] = await given.tx.putInstruments([
        factOf('TCS'),
        factOf('INFY'),
        factOf('WIPRO'),
      ])
      const raw = await given.tx.putSource(nseSource)
      const other = await given.tx.putSource({ id: 'yahoo', rank: 40, note: null })
      await given.tx.putCandles(batchOf(dailyBars(0, [100, 101])), [tcs], raw)
      await given.tx.putCandles(batchOf(dailyBars(0, [49, 50])), [infy], other)
      await given.tx.putCandles(batchOf(dailyBars(0, [20])), [wipro], raw)
      await given.tx.commit(fileOf())
      expect(await given.candles().listKeysWithBar('day', day(1))).toEqual([tcs, infy].toSorted((a, b) => a - b))
      expect(await given.candles().listKeysWithBar('1minute', day(1))).toEqual([])
    })

    it('keeps sources and intervals apart', async () => {
      const [key = 0] = await given.tx.putInstruments([factOf('TCS')])
      const raw = await given.tx.putSource(nseSource)
      const adjusted = await given.tx.putSource({ id: 'yahoo', rank: 20, note: 'split-adjusted' })
      await given.tx.putCandles(batchOf(dailyBars(0, [100, 101])), [key], raw)
      await given.tx.putCandles(batchOf(dailyBars(0, [10, 11, 12])), [key], adjusted)
      await given.tx.putCandles(
        batchOf([{ instrument: 0, time: day(0) + 33_300_000, close: 99 }], '1minute'),
        [key],
        raw,
      )
      await given.tx.commit(fileOf())
      const extents = await given.candles().listExtents(key)
      expect(extents).toEqual([
        {
          source: { key: raw, ...nseSource },
          interval: '1minute',
          first: day(0) + 33_300_000,
          last: day(0) + 33_300_000,
        },
        { source: { key: raw, ...nseSource }, interval: 'day', first: day(0), last: day(1) },
        {
          source: { key: adjusted, id: 'yahoo', rank: 20, note: 'split-adjusted' },
          interval: 'day',
          first: day(0),
          last: day(2),
        },
      ])
      expect(await given.candles().listExtents(key + 1)).toEqual([])
    })

    it('returns the newest bars of a half-open range, oldest first', async () => {
      const { instrumentKey, sourceKey } = await given.putDaily([10, 11, 12, 13, 14])
      await given.tx.commit(fileOf())
      const series = { instrumentKey, sourceKey, interval: 'day' as const }
      const range = { from: day(1), to: day(4) }
      expect([...(await given.candles().readCandles({ ...series, ...range, limit: 5 })).close]).toEqual([11, 12, 13])
      expect([...(await given.candles().readCandles({ ...series, ...range, limit: 2 })).close]).toEqual([12, 13])
      const none = await given.candles().readCandles({ ...series, from: day(9), to: day(10), limit: 2 })
      expect(none.time).toHaveLength(0)
    })

    it('gives every finite number back exactly', async () => {
      const [key = 0] = await given.tx.putInstruments([factOf('TCS')])
      const sourceKey = await given.tx.putSource(nseSource)
      const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e150, max: 1e150 })
      const prices = fc.sample(finite, 300)
      const bars = prices.map((close, n) => ({ instrument: 0, time: day(n), close }))
      await given.tx.putCandles(batchOf(bars), [key], sourceKey)
      await given.tx.commit(fileOf())
      const read = await given.candles().readCandles({ instrumentKey: key, sourceKey, interval: 'day', ...everything })
      // Both engines store −0 as 0.
      expect([...read.close]).toEqual(prices.map((price) => price + 0))
    })

    it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s as a price', async (close) => {
      const [key = 0] = await given.tx.putInstruments([factOf('TCS')])
      const source = await given.tx.putSource(nseSource)
      const put = given.tx.putCandles(batchOf(dailyBars(0, [100, close])), [key], source)
      await expect(put).rejects.toThrow('not a finite number')
    })

    it('refuses a row whose instrument the file does not list', async () => {
      const source = await given.tx.putSource(nseSource)
      await expect(given.tx.putCandles(batchOf(dailyBars(0, [1])), [], source)).rejects.toThrow('does not list')
    })
  })

  describe('sources', () => {
    it('finds a source again and leaves what it said first', async () => {
      const first = await given.tx.putSource({ id: 'eod2', rank: 30, note: 'partly adjusted' })
      expect(await given.tx.putSource({ id: 'eod2', rank: 99, note: null })).toBe(first)
      expect(await given.tx.putSource(nseSource)).not.toBe(first)
    })
  })
}
