/**
 * Returns how much of its half of a diverging bar a change fills, −100 to 100, against the largest change on screen.
 * An unknown change, and any change where nothing moved, fills nothing.
 */
export function barShare(change: number | null, largest: number): number {
  return change === null || largest === 0 ? 0 : (change / largest) * 100
}
