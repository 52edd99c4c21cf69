/** A cell: a text is written in quotes, a number without. */
type MasterCell = string | number

/** A row by the names of its columns; every other cell is an empty text. */
export type MasterRow = Readonly<Record<string, MasterCell>>

/**
 * Returns a file as the vendor writes it: texts in quotes, CRLF between rows and none after the last. `gap` stands before every name of the
 * header but the first. Throws for a cell of no column.
 */
export function masterFile(columns: readonly string[], rows: readonly MasterRow[], gap = ''): string {
  const header = columns.map(quoted).join(`,${gap}`)
  return [header, ...rows.map((row) => rowText(columns, row))].join('\r\n')
}

function rowText(columns: readonly string[], row: MasterRow): string {
  const stray = Object.keys(row).find((name) => !columns.includes(name))
  if (stray !== undefined) throw new Error(`the file has no column ${stray}`)
  return columns.map((name) => cellText(row[name] ?? '')).join(',')
}

function cellText(cell: MasterCell): string {
  return typeof cell === 'number' ? String(cell) : quoted(cell)
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
