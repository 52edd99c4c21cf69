import type { Cell } from './read-cell.ts'
import type { Field } from './table-format.ts'
import type { TableHeader } from './table-header.ts'

/** One line of a file, in cells. */
export interface FileRow {
  /** Of the file, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** True when its quotes do not match. */
  readonly isBroken: boolean
}

/** Why a row was not taken. */
export interface RowProblem {
  readonly line: number
  /** As the header spells it; null when the row as a whole is wrong. */
  readonly column: string | null
  /** Goes on from the column's name: `is not a date`. */
  readonly reason: string
  /** A sentence: what the owner of the file can do. */
  readonly remedy: string
}

/** Reads the cells of one row and gathers what is wrong with them. */
export interface RowReader {
  readonly line: number
  readonly problems: readonly RowProblem[]
  /** Null for a blank cell, a column the file does not have, and a cell with a problem. */
  read<T>(field: Field, parse: (text: string) => Cell<T>): T | null
  /** As {@link read}, but a blank cell is a problem. */
  need<T>(field: Field, parse: (text: string) => Cell<T>): T | null
  refuse(field: Field | null, reason: string, remedy: string): null
}

export function createRowReader({ columnOf, names }: TableHeader, { line, cells }: FileRow): RowReader {
  const problems: RowProblem[] = []
  const refuse = (field: Field | null, reason: string, remedy: string) => {
    const place = field === null ? undefined : columnOf.get(field)
    problems.push({ line, column: place === undefined ? null : (names[place] ?? null), reason, remedy })
    return null
  }
  const textOf = (field: Field) => cells[columnOf.get(field) ?? -1]?.trim() ?? ''
  function read<T>(field: Field, parse: (text: string) => Cell<T>): T | null {
    const text = textOf(field)
    if (text === '' || text === '-' || text === '--') return null
    const cell = refusedText(text) ?? parse(text)
    return 'reason' in cell ? refuse(field, cell.reason, cell.remedy) : cell.value
  }
  return {
    line,
    problems,
    refuse,
    read,
    need(field, parse) {
      const before = problems.length
      const value = read(field, parse)
      if (value === null && problems.length === before)
        return refuse(field, 'is empty', 'Fill it in, or leave the row out.')
      return value
    },
  }
}

function refusedText(text: string): Cell<never> | null {
  if (/^[=@]/.test(text)) return { reason: 'is a formula', remedy: 'Save the file with values instead of formulas.' }
  if (/\p{Cc}/u.test(text)) return { reason: 'has control characters', remedy: 'Save the file anew as CSV in UTF-8.' }
  return null
}

/** Tells lines of vendors' files that are no row: sums, and sentences below the table. */
export function isFooter({ cells }: FileRow): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '')
  const [first = ''] = filled
  if (filled.length === 0 || /^(grand |sub[ -]?)?totals?\b/i.test(first.trim())) return true
  return filled.length === 1 && (cells.length === 1 || /\s/.test(first.trim()))
}
