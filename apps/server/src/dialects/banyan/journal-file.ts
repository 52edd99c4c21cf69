import { BanyanError, type FieldProblem } from '@banyan/domain'
import Papa from 'papaparse'
import type { GivenRow, JournalEntry } from '../../modules/journal/index.ts'
import { type CsvRow, readCsvRows } from '../api/csv-table.ts'
import { toSnakeCase } from '../api/wire-names.ts'
import { blankMembers, type JournalColumn, journalColumns } from './journal-columns.ts'

/** A journal's CSV file whose header was read. */
export interface JournalFile {
  /** Columns nobody reads, as the header spells them; those an export adds for people are not among them. */
  readonly ignoredColumns: readonly string[]
  readonly rows: AsyncIterable<GivenRow>
}

/** Returns some entries as lines of a file, the header before them when `isFirst`. Rows end with CRLF (RFC 4180). */
export function writeLines(entries: readonly JournalEntry[], isFirst: boolean): string {
  const rows = entries.map((entry) => journalColumns.map((column) => column.write(entry)))
  const header = isFirst ? [journalColumns.map(({ member }) => toSnakeCase(member))] : []
  return `${Papa.unparse([...header, ...rows], { newline: '\r\n' })}\r\n`
}

/** Reads the header of a file. Throws `invalid_parameter` for one that does not name the columns an entry needs, or one twice. */
export async function openJournalFile(pieces: AsyncIterable<string>): Promise<JournalFile> {
  const rows = readCsvRows(pieces)
  const first = await rows.next()
  if (first.done) throw refusal([{ field: 'body', reason: 'must be a CSV file with a header line' }])
  const names = first.value.cells.map((name) => name.trim())
  const columns = names.map((name) => columnNamed(name))
  const problems = problemsOf(columns)
  if (problems.length > 0) throw refusal(problems)
  const ignoredColumns = names.filter((_name, index) => columns[index] === null)
  return { ignoredColumns, rows: readRows(rows, columns) }
}

type Columns = readonly (JournalColumn | null)[]

function columnNamed(name: string): JournalColumn | null {
  const folded = name.toLowerCase()
  return journalColumns.find(({ member }) => toSnakeCase(member) === folded) ?? null
}

function problemsOf(columns: Columns): readonly FieldProblem[] {
  return journalColumns.flatMap((column) => {
    const field = toSnakeCase(column.member)
    const times = columns.filter((one) => one === column).length
    if (times > 1) return [{ field, reason: 'must be the name of one column' }]
    return times === 0 && isNeeded(column) ? [{ field, reason: 'must be a column of the file' }] : []
  })
}

function isNeeded({ member, read }: JournalColumn): boolean {
  return read !== null && !isBesideFields(member) && !(member in blankMembers)
}

/** What is kept of a row beside the members a person writes. */
function isBesideFields(member: string): boolean {
  return member === 'id' || member === 'patternsAtEntry'
}

async function* readRows(rows: AsyncIterable<CsvRow>, columns: Columns): AsyncGenerator<GivenRow> {
  for await (const row of rows) yield readRow(row, columns)
}

function readRow({ line, cells, isBroken }: CsvRow, columns: Columns): GivenRow {
  const whole = isBroken ? 'has quotes that do not match' : wrongLength(cells, columns)
  if (whole !== null)
    return { line, id: null, patternsAtEntry: null, fields: {}, problems: [{ field: '', reason: whole }] }
  const values: Record<string, unknown> = { ...blankMembers, id: null, patternsAtEntry: null }
  const problems: FieldProblem[] = []
  columns.forEach((column, index) => {
    const outcome = column && readCell(column, cells[index] ?? '')
    if (column === null || outcome === null) return
    if ('value' in outcome) values[column.member] = outcome.value
    else {
      delete values[column.member]
      problems.push({ field: column.member, reason: outcome.reason })
    }
  })
  const { id = null, patternsAtEntry = null, ...fields } = values as Partial<JournalEntry>
  return { line, id, patternsAtEntry, fields, problems }
}

function wrongLength(cells: readonly string[], columns: Columns): string | null {
  return cells.length > columns.length ? 'has more cells than the header' : null
}

/** Returns null for a cell that leaves its member as a row without it has it. Notes are kept to the last space. */
function readCell(column: JournalColumn, cell: string) {
  const isBlank = cell === '' || (column.member !== 'notes' && cell.trim() === '')
  if (column.read === null || (isBlank && !isNeeded(column))) return null
  return isBlank ? { reason: 'is required' } : column.read(cell)
}

function refusal(details: readonly FieldProblem[]): BanyanError {
  return new BanyanError('invalid_parameter', { details })
}
