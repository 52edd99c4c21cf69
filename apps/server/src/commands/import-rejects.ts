import { closeSync, openSync, writeSync } from 'node:fs'
import type { RejectedRow } from '../modules/imports/index.ts'

/** A CSV file of rejected rows. */
export interface RejectsFile {
  add(rows: readonly RejectedRow[]): void
  close(): void
}

/** Creates the file, replacing what is there. Rows are on disk when `add` returns, so an interrupted import keeps them. */
export function createRejectsFile(path: string): RejectsFile {
  const file = openSync(path, 'w', 0o600)
  writeSync(file, 'file,line,reason,detail\n')
  return {
    add: (rows) => void writeSync(file, rows.map(toLine).join('')),
    close: () => closeSync(file),
  }
}

function toLine(row: RejectedRow): string {
  return `${[row.file, String(row.line), row.reason, row.detail].map(toCell).join(',')}\n`
}

/** Quoted, and never beginning with what a spreadsheet would calculate. */
function toCell(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
