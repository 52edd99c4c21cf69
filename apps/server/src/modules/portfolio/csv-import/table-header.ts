import { type Field, foldName, type TableFormat } from './table-format.ts'
import { tableFormats } from './table-formats.ts'

/** The header of a table whose format is known. */
export interface TableHeader {
  readonly format: TableFormat
  /** Names as the file spells them. */
  readonly names: readonly string[]
  readonly columnOf: ReadonlyMap<Field, number>
  /** Fields that two columns claim to be. */
  readonly doubled: readonly Field[]
}

/** Returns the header that the cells of a line are; null for a line that is none of a known format. */
export function readTableHeader(cells: readonly string[]): TableHeader | null {
  const names = cells.map((cell) => cell.trim())
  const folded = names.map(foldName)
  for (const format of tableFormats) {
    const columnOf = columnsOf(format, folded)
    if (missingOf(format, columnOf).length > 0) continue
    return {
      format,
      names,
      columnOf,
      doubled: [...columnOf.keys()].filter((field) => isDoubled(field, format, folded)),
    }
  }
  return null
}

/** Returns the format that lacks fewest columns of what the lines name, and their names; null when no line names any. */
export function nearestFormat(lines: readonly (readonly string[])[]) {
  const tries = lines.flatMap((cells) => {
    const folded = cells.map(foldName)
    return tableFormats.map((format) => {
      const columnOf = columnsOf(format, folded)
      return { format, found: columnOf.size, missing: missingOf(format, columnOf) }
    })
  })
  const [nearest] = tries
    .filter(({ found }) => found > 1)
    .sort((a, b) => a.missing.length - b.missing.length || b.found - a.found)
  return nearest ?? null
}

function columnsOf({ columns }: TableFormat, folded: readonly string[]): ReadonlyMap<Field, number> {
  const places = Object.entries(columns).map(([field, names]) => [
    field as Field,
    folded.findIndex((name) => names.includes(name)),
  ]) as [Field, number][]
  return new Map(places.filter(([, place]) => place !== -1))
}

function missingOf({ needed, columns }: TableFormat, columnOf: ReadonlyMap<Field, number>): readonly string[] {
  const absent = needed.filter((field) => !columnOf.has(field)).map((field) => columns[field]?.[0] ?? field)
  return columnOf.has('symbol') || columnOf.has('isin') ? absent : [...absent, 'symbol or isin']
}

function isDoubled(field: Field, { columns }: TableFormat, folded: readonly string[]): boolean {
  return folded.filter((name) => columns[field]?.includes(name)).length > 1
}
