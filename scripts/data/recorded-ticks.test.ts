import { expect, it } from 'vitest'
import { buildTicks, lastPrices, writeTicks } from './recorded-ticks.ts'

// Invented ticks in the recorder's shape: one a second late, two in one second.
const recorded = `symbol,timestamp,ltp,volume
MM,09:16:02,807.5,30
MM,09:16:01,807.0,20
MM,09:16:02,808.0,25
BAJAJ_AUTO,09:16:01,4250.0,5
NIFTY_PVT_BANK,09:16:00,18471.5,0
`

it('orders by symbol and time, keeps the order within a second, never lets volume fall, and spells as everybody does', () => {
  expect(writeTicks(buildTicks(recorded))).toBe(`symbol,timestamp,ltp,volume
BAJAJ-AUTO,09:16:01,4250,5
M&M,09:16:01,807,20
M&M,09:16:02,807.5,30
M&M,09:16:02,808,30
NIFTY PVT BANK,09:16:00,18471.5,0
`)
})

it('tells the last price of each symbol', () => {
  expect(lastPrices(buildTicks(recorded)).get('M&M')).toBe(808)
})
