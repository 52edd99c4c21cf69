/**
 * Old price ÷ new price of common splits and bonus issues as `new:old` shares, and of consolidations the other way round. Few and far
 * apart, so that a price that merely moved seldom meets one.
 */
const smallRatios = [
  [2, 1],
  [3, 1],
  [4, 1],
  [5, 1],
  [6, 1],
  [10, 1],
  [5, 2],
  [5, 3],
  [1, 2],
  [1, 5],
  [1, 10],
] as const

/** A day's own movement shifts the ratio too; beyond this the resemblance says nothing. */
const tolerance = 0.02

/**
 * Returns `2:1` when a close fell as it does when two shares are held afterwards for one before, within 2 % of a small ratio, else
 * null. A guess from two prices: a crash looks the same.
 */
export function ratioHint(previousClose: number, close: number): string | null {
  const found = smallRatios.find(([after, before]) => {
    const expected = close * after
    return Math.abs(previousClose * before - expected) <= tolerance * expected
  })
  return found ? found.join(':') : null
}
