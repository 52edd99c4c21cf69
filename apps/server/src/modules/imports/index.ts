export { isSourceId } from './candle-source.ts'
export {
  type FileResult,
  type ImportEvent,
  type ImportSummary,
  importFiles,
} from './import-files.ts'
export type { ImportFormat } from './import-format.ts'
export { candleColumns, defaultImportOptions, type ImportOptions } from './import-options.ts'
export type {
  CandleBatch,
  FreshJump,
  ImportedFile,
  ImportStore,
  ImportTransaction,
  InstrumentFact,
} from './import-store.ts'
export type { ListedJump } from './newest-jumps.ts'
export { type RejectedRow, rejectReasons } from './rejection.ts'
