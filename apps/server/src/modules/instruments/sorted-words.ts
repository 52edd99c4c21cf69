/** Words in order, each with the positions of the instruments that have it. */
export interface SortedWords {
  /**
   * Calls back with the positions of every word that begins with the prefix: once per word, so a position can come again.
   * Returns how many entries were looked at.
   */
  forEachWithPrefix(prefix: string, visit: (position: number) => void): number
  /** Calls back with the positions of one word; returns how many entries were looked at. */
  forEachOf(word: string, visit: (position: number) => void): number
}

/** Returns an index over (word, position) pairs; a search costs the logarithm of the number of words plus the matches. */
export function createSortedWords(pairs: Iterable<readonly [word: string, position: number]>): SortedWords {
  const positionsOf = new Map<string, number[]>()
  for (const [word, position] of pairs) {
    const positions = positionsOf.get(word)
    if (positions) positions.push(position)
    else positionsOf.set(word, [position])
  }
  const words = [...positionsOf.keys()].sort()
  return {
    forEachWithPrefix(prefix, visit) {
      let looked = 2 * Math.ceil(Math.log2(words.length + 1))
      const end = firstNotBelow(words, `${prefix}\uffff`) // above every word that begins so: U+FFFF is no character
      for (let at = firstNotBelow(words, prefix); at < end; at++) {
        const word = words[at] ?? ''
        const positions = positionsOf.get(word) ?? []
        for (const position of positions) visit(position)
        looked += 1 + positions.length
      }
      return looked
    },
    forEachOf(word, visit) {
      const positions = positionsOf.get(word) ?? []
      for (const position of positions) visit(position)
      return 1 + positions.length
    },
  }
}

function firstNotBelow(words: readonly string[], bound: string): number {
  let [low, high] = [0, words.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((words[middle] ?? '') < bound) low = middle + 1
    else high = middle
  }
  return low
}
