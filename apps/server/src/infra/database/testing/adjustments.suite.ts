import { describe, expect, it } from 'vitest'
import { adjustmentOf, batchOf, dailyBars, day, factOf, fileOf } from './candle-batches.ts'
import { nseSource, type StoreContext } from './store-context.ts'

/** Says what every engine must do with factors and the jumps they explain. */
export function describeAdjustments(given: StoreContext): void {
  describe('suspect jumps', () => {
    it('records steps over 40 % once, in both directions', async () => {
      const touched = await given.putDaily([100, 200, 90, 91, 140, 130.1])
      expect(await given.tx.recordSuspectJumps([touched])).toHaveLength(3)
      expect(await given.tx.recordSuspectJumps([touched])).toHaveLength(0)
      await given.tx.commit(fileOf())
      expect(await given.candles().listSuspectJumps(touched.instrumentKey, touched.sourceKey)).toEqual([
        { time: day(1), previousClose: 100, close: 200 },
        { time: day(2), previousClose: 200, close: 90 },
        { time: day(4), previousClose: 91, close: 140 },
      ])
    })

    it('tells the import which steps are new', async () => {
      const { instrumentKey, sourceKey, from } = await given.putDaily([100, 200, 200, 90])
      expect(await given.tx.recordSuspectJumps([{ instrumentKey, sourceKey, from, to: day(1) }])).toEqual([
        { instrumentKey, sourceKey, time: day(1), previousClose: 100, close: 200 },
      ])
      expect(await given.tx.recordSuspectJumps([{ instrumentKey, sourceKey, from, to: day(3) }])).toEqual([
        { instrumentKey, sourceKey, time: day(3), previousClose: 200, close: 90 },
      ])
    })

    it.each([
      { apart: 30, jumps: 1 },
      { apart: 31, jumps: 0 },
    ])('compares bars $apart days apart: $jumps', async ({ apart, jumps }) => {
      const { instrumentKey, sourceKey } = await given.putDaily([100])
      await given.tx.putCandles(batchOf([{ instrument: 0, time: day(apart), close: 20 }]), [instrumentKey], sourceKey)
      const touched = [{ instrumentKey, sourceKey, from: day(0), to: day(apart) }]
      expect(await given.tx.recordSuspectJumps(touched)).toHaveLength(jumps)
    })

    it('finds the step once the days missing before it are imported', async () => {
      const { instrumentKey, sourceKey } = await given.putDaily([100])
      const late = [{ instrument: 0, time: day(60), close: 20 }]
      await given.tx.putCandles(batchOf(late), [instrumentKey], sourceKey)
      expect(await given.tx.recordSuspectJumps([{ instrumentKey, sourceKey, from: day(0), to: day(60) }])).toEqual([])
      await given.tx.putCandles(batchOf([{ instrument: 0, time: day(59), close: 99 }]), [instrumentKey], sourceKey)
      const found = await given.tx.recordSuspectJumps([{ instrumentKey, sourceKey, from: day(59), to: day(59) }])
      expect(found.map((jump) => jump.time)).toEqual([day(60)])
    })

    it('does not call exactly 40 % suspect', async () => {
      expect(await given.tx.recordSuspectJumps([await given.putDaily([100, 140, 84])])).toHaveLength(0)
    })

    it.each([
      { exDate: '2024-01-01', explained: false },
      { exDate: '2024-01-02', explained: true },
    ])(
      'leaves out a step with a factor at an ex-date after the previous bar and not after this one ($exDate)',
      async ({ exDate, explained }) => {
        const touched = await given.putDaily([100, 50])
        await given.tx.putAdjustments([adjustmentOf(touched.instrumentKey, null, exDate)])
        expect(await given.tx.recordSuspectJumps([touched])).toHaveLength(explained ? 0 : 1)
      },
    )

    it('finds the step to the bar before and to the bar after those just written', async () => {
      const { instrumentKey, sourceKey } = await given.putDaily([100, 100])
      const late = [{ instrument: 0, time: day(5), close: 100 }]
      await given.tx.putCandles(batchOf(late), [instrumentKey], sourceKey)
      await given.tx.putCandles(batchOf([{ instrument: 0, time: day(3), close: 10 }]), [instrumentKey], sourceKey)
      const touched = [{ instrumentKey, sourceKey, from: day(3), to: day(3) }]
      expect(await given.tx.recordSuspectJumps(touched)).toHaveLength(2)
      await given.tx.commit(fileOf())
      const jumps = await given.candles().listSuspectJumps(instrumentKey, sourceKey)
      expect(jumps.map((jump) => jump.time)).toEqual([day(3), day(5)])
    })

    it('forgets a jump when the bar is corrected or a factor comes to explain it', async () => {
      const touched = await given.putDaily([100, 500, 100, 20, 20])
      const { instrumentKey, sourceKey } = touched
      expect(await given.tx.recordSuspectJumps([touched])).toHaveLength(3)
      await given.tx.putCandles(batchOf(dailyBars(0, [100, 101])), [instrumentKey], sourceKey)
      expect(await given.tx.recordSuspectJumps([{ ...touched, to: day(1) }])).toHaveLength(0)
      await given.tx.putAdjustments([adjustmentOf(instrumentKey, sourceKey, '2024-01-04')])
      await given.tx.commit(fileOf())
      expect(await given.candles().listSuspectJumps(instrumentKey, sourceKey)).toEqual([])
    })

    it('keeps a jump that a factor of another source or another day does not explain', async () => {
      const touched = await given.putDaily([100, 20, 20, 20])
      await given.tx.recordSuspectJumps([touched])
      const { instrumentKey, sourceKey } = touched
      await given.tx.putAdjustments([
        adjustmentOf(instrumentKey, sourceKey + 1, '2024-01-02'),
        adjustmentOf(instrumentKey, sourceKey, '2024-01-03'),
        adjustmentOf(instrumentKey, sourceKey, '2024-01-01'),
      ])
      await given.tx.commit(fileOf())
      expect(await given.candles().listSuspectJumps(instrumentKey, sourceKey)).toHaveLength(1)
    })

    it('does nothing where there is no daily bar', async () => {
      expect(await given.tx.recordSuspectJumps([{ instrumentKey: 1, sourceKey: 1, from: 0, to: day(9) }])).toHaveLength(
        0,
      )
      expect(await given.tx.recordSuspectJumps([])).toHaveLength(0)
    })
  })

  describe('adjustments', () => {
    it('lists those of the source and of every source, ascending; the source’s own wins a day', async () => {
      const [key = 0] = await given.tx.putInstruments([factOf('TCS')])
      const source = await given.tx.putSource(nseSource)
      const general = adjustmentOf(key, null, '2024-03-01', 10)
      await given.tx.putAdjustments([
        general,
        adjustmentOf(key, null, '2024-01-01', 2),
        adjustmentOf(key, 77, '2024-02-01', 3),
      ])
      await given.tx.putAdjustments([adjustmentOf(key, source, '2024-03-01', 5)])
      await given.tx.commit(fileOf())
      const ofSource = await given.candles().listAdjustments(key, source)
      expect(ofSource.map((a) => [a.exDate, a.factor])).toEqual([
        ['2024-01-01', 2],
        ['2024-03-01', 5],
      ])
      expect((await given.candles().listAdjustments(key, 78)).at(-1)).toEqual(general.adjustment)
    })

    it('replaces a factor given again for its day', async () => {
      const [key = 0] = await given.tx.putInstruments([factOf('TCS')])
      await given.tx.putAdjustments([
        adjustmentOf(key, null, '2024-03-01', 10),
        adjustmentOf(key, null, '2024-03-01', 1.5),
      ])
      await given.tx.commit(fileOf())
      expect((await given.candles().listAdjustments(key, 1)).map((a) => a.factor)).toEqual([1.5])
    })
  })
}
