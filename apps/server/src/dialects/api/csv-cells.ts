/**
 * Texts a spreadsheet would take for a formula: those that begin with one of these characters (or the full-width form of one), and those that
 * begin like a guarded one. So each text has one guarded form and each guarded form one text.
 */
const formulaForm = /^'*[=+\-@\t\r\n＝＋－＠]/u
const guardedForm = /^'+[=+\-@\t\r\n＝＋－＠]/u

/** Returns a text cell that no spreadsheet takes for a formula: an apostrophe goes before what would be one. */
export function guardCell(text: string): string {
  return formulaForm.test(text) ? `'${text}` : text
}

/** Returns the text of a cell, the inverse of {@link guardCell}. */
export function unguardCell(cell: string): string {
  return guardedForm.test(cell) ? cell.slice(1) : cell
}
