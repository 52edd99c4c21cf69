import { type CandleSeries, createCandleSeries } from '@banyan/domain'

/** Returns three candles, some of their columns replaced. */
function threeCandles(change: Partial<Record<keyof CandleSeries, readonly number[]>> = {}): CandleSeries {
  const plain = {
    time: [1, 2, 3],
    open: [9, 9, 9],
    high: [10, 10, 10],
    low: [8, 8, 8],
    close: [9, 9, 9],
    volume: [0, 5, 5],
  }
  const column = (name: keyof CandleSeries) => Float64Array.from(change[name] ?? plain[name])
  return {
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  }
}

/** Series that are odd and still accepted everywhere, none long enough for any pattern. */
export const goodSeries: readonly (readonly [what: string, series: CandleSeries])[] = [
  ['as it should be', threeCandles()],
  ['without candles', createCandleSeries(0)],
  ['whose open and close lie outside high and low', threeCandles({ open: [11, 9, 9], close: [9, 7, 9] })],
  ['of one price', threeCandles({ open: [8, 8, 8], high: [8, 8, 8], close: [8, 8, 8] })],
  ['whose volume is unknown', threeCandles({ volume: [Number.NaN, 0, 1] })],
]

/** Series that are refused everywhere, and how the refusal ends. */
export const badSeries: readonly (readonly [what: string, series: CandleSeries, message: string])[] = [
  ['of unequal columns', threeCandles({ close: [9, 9] }), 'close has 2 values, time has 3'],
  ['with a longer volume', threeCandles({ volume: [1, 1, 1, 1] }), 'volume has 4 values, time has 3'],
  ['with prices but no times', threeCandles({ time: [] }), 'open has 3 values, time has 0'],
  ['with a price that is NaN', threeCandles({ open: [9, Number.NaN, 9] }), 'candle 1: open must be finite and above 0'],
  ['with an endless price', threeCandles({ high: [10, 10, Infinity] }), 'candle 2: high must be finite and above 0'],
  ['with a price of −∞', threeCandles({ low: [-Infinity, 8, 8] }), 'candle 0: low must be finite and above 0'],
  ['with a price of 0', threeCandles({ low: [0, 8, 8] }), 'candle 0: low must be finite and above 0'],
  ['with a negative price', threeCandles({ close: [9, -9, 9] }), 'candle 1: close must be finite and above 0'],
  ['whose high is below its low', threeCandles({ high: [10, 7, 10] }), 'candle 1: high must not be below low'],
  ['out of order', threeCandles({ time: [1, 3, 2] }), 'candle 2: time must be later than the time before'],
  ['with a time twice', threeCandles({ time: [1, 1, 2] }), 'candle 1: time must be later than the time before'],
  ['with a time that is NaN', threeCandles({ time: [Number.NaN, 1, 2] }), 'candle 0: time must be finite'],
  ['with an endless time', threeCandles({ time: [1, 2, Infinity] }), 'candle 2: time must be finite'],
  [
    'with a negative volume',
    threeCandles({ volume: [1, -1, 1] }),
    'candle 1: volume must be finite and not negative, or NaN',
  ],
  ['with an endless volume', threeCandles({ volume: [1, 1, Infinity] }), 'candle 2: volume must be finite'],
]
