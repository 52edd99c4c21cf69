const slotsPerPage = 1024

/**
 * Remembers which bars of a file were seen, one bit each, in pages of 1,024 consecutive bars: 26 years of daily bars of 500 shares take
 * about a megabyte, so the check is exact and memory stays flat.
 */
export interface DuplicateGuard {
  /** Returns true the first time a series (a small integer) and bar number come together, false afterwards. */
  isNew(series: number, bar: number): boolean
}

export function createDuplicateGuard(): DuplicateGuard {
  const pages: Map<number, Uint32Array>[] = []
  let lastSeries = -1
  let lastPage = Number.NaN
  let bits = new Uint32Array(0)
  const select = (series: number, page: number) => {
    const ofSeries = pages[series] ?? new Map<number, Uint32Array<ArrayBuffer>>()
    pages[series] = ofSeries
    bits = (ofSeries.get(page) as Uint32Array<ArrayBuffer> | undefined) ?? new Uint32Array(slotsPerPage / 32)
    ofSeries.set(page, bits)
    lastSeries = series
    lastPage = page
  }
  return {
    isNew(series, bar) {
      const page = Math.floor(bar / slotsPerPage)
      if (series !== lastSeries || page !== lastPage) select(series, page)
      const slot = bar - page * slotsPerPage
      const word = bits[slot >> 5] ?? 0
      const mask = 1 << (slot & 31)
      if ((word & mask) !== 0) return false
      bits[slot >> 5] = word | mask
      return true
    },
  }
}
