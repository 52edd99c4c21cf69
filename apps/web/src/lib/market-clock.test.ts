import type { Snapshot } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { marketTime, pricesDate } from './market-clock.ts'

const unpriced = {
  instrument: 'X',
  last_price: null,
  prev_close: null,
  change_percent: null,
  source: null,
  as_of: null,
  age_ms: null,
  delay: null,
}
const priced = { ...unpriced, as_of: '2021-06-09T11:42:06+05:30', age_ms: 1500 }

function snapshot(mode: 'live' | 'replay', sensex: Snapshot['indices']['sensex']) {
  const market = { mode, recorded_date: mode === 'replay' ? '2021-06-09' : null, as_of_ist: sensex.as_of }
  return { indices: { nifty: unpriced, banknifty: unpriced, sensex }, market } as Snapshot
}

describe('the market clock', () => {
  it('is the price time plus its age plus what has passed since the answer', () => {
    expect(marketTime(snapshot('replay', priced), 5_000, 8_000)).toBe(Date.parse('2021-06-09T11:42:10.500+05:30'))
  })

  it('does not run backwards when the wall clock is set back', () => {
    expect(marketTime(snapshot('replay', priced), 8_000, 5_000)).toBe(Date.parse('2021-06-09T11:42:07.500+05:30'))
  })

  it('is the wall clock of a live market without prices, and unknown in a replay without prices', () => {
    expect(marketTime(snapshot('live', unpriced), 5_000, 8_000)).toBe(8_000)
    expect(marketTime(snapshot('replay', unpriced), 5_000, 8_000)).toBeNull()
  })

  it('belongs to the recorded date in replay, else to the date of the prices', () => {
    expect(pricesDate(snapshot('replay', unpriced))).toBe('2021-06-09')
    expect(pricesDate(snapshot('live', priced))).toBe('2021-06-09')
    expect(pricesDate(snapshot('live', unpriced))).toBeNull()
  })
})
