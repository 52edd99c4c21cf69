/** Returns numbers in [0, 1), the same for the same seed (the mulberry32 generator). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Returns a standard normal number (Box–Muller). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Returns a random walk of `length` closes around 1,000 in steps of about 1, rounded to `tick` where one is given. */
export function randomWalk(length: number, seed: number, tick = 0): Float64Array {
  const random = createRandom(seed)
  let value = 1_000
  return Float64Array.from({ length }, () => {
    value += normal(random)
    return tick > 0 ? Math.round(value / tick) * tick : value
  })
}
