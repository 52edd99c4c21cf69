/**
 * Moves the value of a rank (0 the smallest) to the index of that number, no larger one before it and no smaller one after, among the
 * values from `first` on; those before must be the smallest already. Hoare's selection (1961): of millions a few ranks are asked for,
 * and to sort them all takes ten times as long. NaN must not be among the values.
 */
export function selectRank(values: Float64Array, rank: number, first = 0): void {
  let [low, high] = [first, values.length - 1]
  while (low < high) {
    const { lastSmall, firstLarge } = partition(values, low, high)
    if (rank > lastSmall && rank < firstLarge) return
    if (rank <= lastSmall) high = lastSmall
    else low = firstLarge
  }
}

/** Divides [low, high] around one of its values: none up to `lastSmall` is above it, none from `firstLarge` on below, between they equal it. */
function partition(values: Float64Array, low: number, high: number): { lastSmall: number; firstLarge: number } {
  const pivot = values[(low + high) >> 1] as number
  let [i, j] = [low, high]
  while (i <= j) {
    while ((values[i] as number) < pivot) i++
    while ((values[j] as number) > pivot) j--
    if (i > j) break
    const [smaller, larger] = [values[j] as number, values[i] as number]
    values[i++] = smaller
    values[j--] = larger
  }
  return { lastSmall: j, firstLarge: i }
}
