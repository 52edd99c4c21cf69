/** The first row of a file, asked for columns by name: case, spaces, dots and underscores do not matter, nor stray quotes. */
export interface Header {
  readonly width: number
  /** Returns the index of the first of the names that exists, or null. */
  find(...names: readonly string[]): number | null
  /** Tells whether all of the names exist. */
  has(...names: readonly string[]): boolean
}

export function createHeader(cells: readonly string[]): Header {
  const index = new Map<string, number>()
  cells.forEach((cell, i) => {
    const key = squeeze(cell)
    if (key !== '' && !index.has(key)) index.set(key, i)
  })
  return {
    width: cells.length,
    find: (...names) => names.map((name) => index.get(squeeze(name))).find((i) => i !== undefined) ?? null,
    has: (...names) => names.every((name) => index.has(squeeze(name))),
  }
}

function squeeze(name: string): string {
  return name.toLowerCase().replace(/["'\s_.]/g, '')
}
