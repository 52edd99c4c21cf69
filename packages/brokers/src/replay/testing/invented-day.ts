import { type EpochMs, type InstrumentId, istMidnight } from '@banyan/domain'
import type { ReplayDay, ReplayInstrument } from '../replay-day.ts'
import { sortTicks } from '../tick-day.ts'

/** All prices here are invented. */
export const recordedDate = '2021-06-09'
export const recordedMidnight: EpochMs = istMidnight(recordedDate)
const previousEnd = istMidnight('2021-06-08') + 55_800_000
const sessionEnd = recordedMidnight + 55_800_000

export const [tcs, nifty, sensex, newcomer] = [
  'NSE:TCS',
  'NSE:NIFTY 50',
  'BSE:SENSEX',
  'NSE:NEWCOMER',
] as InstrumentId[] as [InstrumentId, InstrumentId, InstrumentId, InstrumentId]

/** Two instruments with ticks and closes, one with closes only, one with ticks only. */
const inventedInstruments: readonly ReplayInstrument[] = [
  instrument(tcs, true, { previous: 100, beforePrevious: 98, prevClose: 100, close: 105 }),
  instrument(nifty, false, { previous: 15_000, beforePrevious: null, prevClose: 15_000, close: 15_150 }),
  { id: newcomer, hasVolume: true, previous: null, beforePrevious: null, prevClose: null, close: null },
  instrument(sensex, false, { previous: 52_000, beforePrevious: 51_500, prevClose: 52_000, close: 52_300 }),
]

function instrument(
  id: InstrumentId,
  hasVolume: boolean,
  closes: { previous: number; beforePrevious: number | null; prevClose: number; close: number },
): ReplayInstrument {
  return {
    id,
    hasVolume,
    previous: { price: closes.previous, asOf: previousEnd },
    beforePrevious: closes.beforePrevious,
    prevClose: closes.prevClose,
    close: { price: closes.close, asOf: sessionEnd },
  }
}

/** `[position among tcs, nifty, newcomer; second of the day; price; volume]`, in the order recorded. */
export type InventedTick = readonly [position: 0 | 1 | 2, second: number, price: number, volume: number]

export function inventDay(ticks: readonly InventedTick[]): ReplayDay {
  return {
    date: recordedDate,
    midnight: recordedMidnight,
    instruments: inventedInstruments,
    ticks: sortTicks({
      instruments: [tcs, nifty, newcomer],
      instrument: Uint16Array.from(ticks, ([position]) => position),
      second: Uint32Array.from(ticks, ([, second]) => second),
      price: Float64Array.from(ticks, ([, , price]) => price),
      volume: Float64Array.from(ticks, ([, , , volume]) => volume),
    }),
  }
}
