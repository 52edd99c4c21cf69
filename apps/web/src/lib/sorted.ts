/** Returns the items by a figure of theirs; those without it come last, whichever way. */
export function sortByFigure<T>(
  items: readonly T[],
  figure: (item: T) => number | null,
  ascending: boolean,
): readonly T[] {
  const way = ascending ? 1 : -1
  return items.toSorted((a, b) => {
    const [one, other] = [figure(a), figure(b)]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return way * (one - other)
  })
}

export function sortByName<T>(items: readonly T[], name: (item: T) => string, ascending: boolean): readonly T[] {
  const way = ascending ? 1 : -1
  return items.toSorted((a, b) => way * name(a).localeCompare(name(b)))
}
