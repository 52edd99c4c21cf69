/** Why a whole file was refused; nothing of it is stored. */
export type ImportFileProblem =
  | 'unknown_format'
  | 'malformed'
  | 'wrong_date'
  | 'too_large'
  | 'unreadable'
  | 'needs_option'

/** A file that is refused as a whole. The message is a sentence for the person who gave the file, without the file's name. */
export class ImportFileError extends Error {
  readonly problem: ImportFileProblem

  constructor(problem: ImportFileProblem, message: string, options?: { cause: unknown }) {
    super(message, options)
    this.name = 'ImportFileError'
    this.problem = problem
  }
}
