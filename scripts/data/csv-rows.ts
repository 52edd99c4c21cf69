/**
 * Returns the rows of a CSV text without quotes as the asked columns, in the order asked. Throws when the text has quotes or
 * lacks a column: all inputs are plain, and a quoted cell would mean a different file.
 */
export function readRows<const Column extends string>(
  text: string,
  columns: readonly Column[],
): Record<Column, string>[] {
  if (text.includes('"')) throw new Error('The file has quoted cells.')
  const [header = '', ...lines] = text.replaceAll('\r\n', '\n').split('\n')
  const names = header.split(',')
  const places = columns.map((column) => [column, placeOf(names, column)] as const)
  return lines.filter((line) => line !== '').map((line) => pickCells(line.split(','), places))
}

/** Returns the CSV text of rows in the order of `columns`, with a line end after every row. Throws on a cell that would need quotes. */
export function writeRows<const Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string>>[],
): string {
  const lines = rows.map((row) => columns.map((column) => plainCell(row[column])).join(','))
  return `${[columns.join(','), ...lines].join('\n')}\n`
}

function placeOf(names: readonly string[], column: string): number {
  const place = names.indexOf(column)
  if (place === -1) throw new Error(`The file has no column ${column}.`)
  return place
}

function pickCells<Column extends string>(
  cells: readonly string[],
  places: readonly (readonly [Column, number])[],
): Record<Column, string> {
  return Object.fromEntries(places.map(([column, place]) => [column, cells[place] ?? ''])) as Record<Column, string>
}

function plainCell(cell: string): string {
  if (/[",\n\r]/.test(cell)) throw new Error(`A cell needs quotes: ${cell}`)
  return cell
}
