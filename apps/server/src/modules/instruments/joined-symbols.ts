const separator = '\n'

/** Symbols joined into one text, so that one native search finds every symbol that contains a part. */
export interface JoinedSymbols {
  /** Calls back with the position of each symbol that contains the part, ascending, once each; returns how many there were. */
  forEachContaining(part: string, visit: (position: number, at: 'start' | 'inside') => void): number
}

export function createJoinedSymbols(symbols: readonly string[]): JoinedSymbols {
  const text = symbols.map((symbol) => separator + symbol).join('') + separator
  const starts = new Uint32Array(symbols.length + 1)
  symbols.forEach((symbol, i) => {
    starts[i + 1] = (starts[i] ?? 0) + 1 + symbol.length
  })
  return {
    forEachContaining(part, visit) {
      let found = 0
      let position = 0
      for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, starts[position])) {
        position = symbolAt(starts, at, position)
        visit(position, at === (starts[position] ?? 0) + 1 ? 'start' : 'inside')
        found++
        position++ // on to the next symbol: a second occurrence in this one adds nothing
      }
      return found
    },
  }
}

/** Returns the symbol a place in the text belongs to, looking from `from` on. */
function symbolAt(starts: Uint32Array, at: number, from: number): number {
  if ((starts[from + 1] ?? 0) > at) return from
  let [low, high] = [from, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((starts[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return low
}
