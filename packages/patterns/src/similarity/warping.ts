/**
 * Returns a function that computes the sum of squared point costs along the cheapest warping path between `shape` and a window
 * of its length, the path at most `radius` points off the diagonal (Sakoe–Chiba); Infinity as soon as it is certain to exceed
 * `limit`. `ahead[i]` is a sum the rows from i on cost at least, `ahead[length]` is 0: with it a cell that cannot end within the
 * limit is passed over, and with a row of such cells the whole window. A result within the limit is that of the full matrix,
 * bit by bit.
 */
export function createWarping(
  shape: Float64Array,
  radius: number,
): (window: Float64Array, ahead: Float64Array, limit: number) => number {
  const length = shape.length
  // Cell j of a row is kept at j + 1; before the first row only the corner at 0 can be come from.
  const even = new Float64Array(length + 1)
  const odd = new Float64Array(length + 1)
  return (window, ahead, limit) => {
    let before = even
    let row = odd
    let first = 0
    let last = 0
    before[0] = 0
    for (let i = 0; i < length; i++) {
      const within = limit - (ahead[i + 1] as number)
      const point = shape[i] as number
      const end = Math.min(i + radius, length - 1)
      const start = Math.max(i - radius, first - 1, 0)
      let diagonal = start >= first ? (before[start] as number) : Number.POSITIVE_INFINITY
      let left = Number.POSITIVE_INFINITY
      let opened = -1
      let closed = -1
      let j = start
      for (; j <= end && j <= last; j++) {
        const above = j < last ? (before[j + 1] as number) : Number.POSITIVE_INFINITY
        const nearest = diagonal < above ? diagonal : above
        const apart = point - (window[j] as number)
        left = (nearest < left ? nearest : left) + apart * apart
        row[j + 1] = left
        diagonal = above
        if (left <= within) {
          if (opened < 0) opened = j + 1
          closed = j + 1
        }
      }
      // Beyond the last open cell of the row before, a cell is only reached from its left.
      for (; j <= end && left <= within; j++) {
        const apart = point - (window[j] as number)
        left += apart * apart
        row[j + 1] = left
        if (left <= within) closed = j + 1
      }
      if (opened < 0) return Number.POSITIVE_INFINITY
      first = opened
      last = closed
      const free = before
      before = row
      row = free
    }
    return last === length ? (before[length] as number) : Number.POSITIVE_INFINITY
  }
}
