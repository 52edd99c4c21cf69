import fc from 'fast-check'
import type { Row } from './pattern-examples.suite.ts'

/** A candle in ticks of 0.05: its gap, signed body and shadows. Small numbers make ties and patterns common. */
const candle = fc.record({
  gap: fc.oneof(fc.constant(0), fc.integer({ min: -30, max: 30 })),
  body: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -60, max: 60 })),
  upper: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 })),
  lower: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 })),
  /** By how much the shadows miss the body, as in old exchange files; rarely anything. */
  flaw: fc.oneof({ weight: 30, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }) }),
})

/** Random candles around 1,000, up to `maxLength` of them. */
export function arbitraryRows(maxLength: number): fc.Arbitrary<Row[]> {
  return fc.array(candle, { maxLength, size: 'max' }).map((candles) => {
    let last = 20_000
    return candles.map(({ gap, body, upper, lower, flaw }): Row => {
      const open = last + gap
      const close = open + body
      last = close
      const low = Math.min(open, close) - lower
      const high = Math.max(low, Math.max(open, close) + upper - flaw)
      return [open * 0.05, high * 0.05, low * 0.05, close * 0.05]
    })
  })
}

const wildCandle = fc.record({
  isTie: fc.boolean(),
  isWhite: fc.boolean(),
  magnitude: fc.double({ min: -1, max: 1, noNaN: true }),
  move: fc.double({ min: -0.4, max: 0.4, noNaN: true }),
  upper: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.3, noNaN: true })),
  lower: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.3, noNaN: true })),
})

/**
 * Candles whose prices leap between 0.1 and 10, so that running totals are rounded and depend on where they begin, and whose
 * bodies are often exactly the average body of the ten before, as summed up by a total begun at candle 10 to 14.
 */
export function arbitraryTies(maxLength: number): fc.Arbitrary<Row[]> {
  const candles = fc.array(wildCandle, { minLength: 20, maxLength, size: 'max' })
  return fc.tuple(candles, fc.integer({ min: 10, max: 14 })).map(([wild, start]) => {
    const rows: Row[] = []
    const body = (i: number) => Math.abs((rows[i]?.[3] ?? 0) - (rows[i]?.[0] ?? 0))
    let total = 0
    wild.forEach(({ isTie, isWhite, magnitude, move, upper, lower }, i) => {
      if (i <= start) total = sum(Array.from({ length: 10 }, (_, k) => body(i - 10 + k)))
      else total += body(i - 1) - body(i - 11)
      const average = total / 10
      const [small, big] =
        isTie && i >= start && average > 0 ? [average, 2 * average] : ordered(10 ** magnitude, 1 + move)
      const [open, close] = isWhite ? [small, big] : [big, small]
      rows.push([open, big * (1 + upper), small * (1 - lower), close])
    })
    return rows
  })
}

function ordered(price: number, factor: number): [number, number] {
  return factor > 1 ? [price, price * factor] : [price * factor, price]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
