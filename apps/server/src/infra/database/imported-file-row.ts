import type { ImportedFile, ImportFormat } from '../../modules/imports/index.ts'
import type { ImportedFilesTable } from './schema.ts'

/** The columns a record is read from; when it was imported is kept for people only. */
export type ImportedFileColumns = Omit<ImportedFilesTable, 'imported_at'>

/** Returns the record of a file from its row, which only this program wrote. */
export function toImportedFile(row: ImportedFileColumns): ImportedFile {
  return {
    sha256: row.sha256,
    sourceId: row.source_id,
    name: row.name,
    format: row.format as ImportFormat,
    rowsRead: row.rows_read,
    rowsStored: row.rows_stored,
    rejects: JSON.parse(row.rejects),
    tradingDate: row.trading_date,
  }
}

/** Returns the row of a file whose import was committed at `importedAt`, epoch ms. */
export function toImportedFileRow(file: ImportedFile, importedAt: number): ImportedFilesTable {
  return {
    sha256: file.sha256,
    source_id: file.sourceId,
    name: file.name,
    format: file.format,
    rows_read: file.rowsRead,
    rows_stored: file.rowsStored,
    rejects: JSON.stringify(file.rejects),
    trading_date: file.tradingDate,
    imported_at: importedAt,
  }
}
