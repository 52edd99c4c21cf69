import { BanyanError } from '@banyan/domain'
import Papa, { type ParseError } from 'papaparse'

/** One row of a table with the line it begins on; the header is on line 1. Blank lines are no rows. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
  /** True when its quotes do not match, so that its cells cannot be trusted. */
  readonly isBroken: boolean
}

/** A row longer than this has an open quote. */
const longestRow = 1 << 18

/**
 * Reads CSV text as it arrives, with flat memory. The delimiter (comma, semicolon, tab) is taken from the first line; rows end with LF or
 * CRLF, cells keep the line ends within their quotes. Throws `invalid_parameter` about the `body` for a quote that is never closed.
 */
export async function* readCsvRows(pieces: AsyncIterable<string>): AsyncGenerator<CsvRow> {
  const reader = createRowReader()
  for await (const piece of pieces) yield* reader.push(piece)
  yield* reader.end()
}

/** Papaparse's own stream reader hides where rows begin, so its parser is fed here: it leaves an unfinished last row for the next piece. */
function createRowReader() {
  let carry = ''
  let line = 1
  let delimiter: string | null = null

  function* parse(isLast: boolean): Generator<CsvRow> {
    delimiter ??= delimiterOf(carry, isLast)
    if (delimiter === null) return
    const parsed = new Papa.Parser({ delimiter, newline: '\n' }).parse(carry, 0, !isLast) as {
      data: string[][]
      errors: ParseError[]
      meta: { cursor: number }
    }
    const broken = new Set(parsed.errors.map(({ row }) => row))
    for (const [index, cells] of parsed.data.entries()) {
      const row = { line, cells: withoutReturn(cells), isBroken: broken.has(index) }
      line += 1 + cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0)
      if (row.cells.length > 1 || row.cells[0]?.trim() !== '') yield row
    }
    carry = isLast ? '' : carry.slice(parsed.meta.cursor)
    if (carry.length > longestRow) throw openQuote(line)
  }

  return {
    push(piece: string): Generator<CsvRow> {
      carry += piece
      return parse(false)
    },
    end: () => parse(true),
  }
}

/** The parser ends rows at LF, which leaves the CR of CRLF on an unquoted last cell. */
function withoutReturn(cells: readonly string[]): readonly string[] {
  const last = cells.at(-1)
  return last?.endsWith('\r') ? cells.with(-1, last.slice(0, -1)) : cells
}

/** Returns null while the first line is not complete. */
function delimiterOf(text: string, isLast: boolean): string | null {
  const end = text.indexOf('\n')
  if (end === -1 && !isLast && text.length <= longestRow) return null
  const line = end === -1 ? text : text.slice(0, end)
  const counts = [',', ';', '\t'].map((delimiter) => [line.split(delimiter).length, delimiter] as const)
  return counts.reduce((best, next) => (next[0] > best[0] ? next : best))[1]
}

function openQuote(line: number): BanyanError {
  const reason = `has a row on line ${line} that is longer than 256 KiB; a quote is probably not closed`
  return new BanyanError('invalid_parameter', { details: [{ field: 'body', reason }] })
}
