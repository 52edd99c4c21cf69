import { expect, it } from 'vitest'
import { createCandleSeries, sliceCandles } from './candle.ts'

it('slices all columns alike, start included, end excluded, on the same memory', () => {
  const series = createCandleSeries(4)
  for (const column of Object.values(series)) column.set([1, 2, 3, 4])
  const part = sliceCandles(series, 1, 3)
  for (const column of Object.values(part)) expect([...column]).toEqual([2, 3])
  series.close[1] = 9
  expect(part.close[0]).toBe(9)
})
