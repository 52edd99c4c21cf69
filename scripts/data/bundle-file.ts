import type { SourceFile } from './source-files.ts'

/** One generated file of the bundle. */
export interface BundleFile {
  /** Folder under `data/`, which stands for the licence. */
  readonly folder: 'gpl-3.0' | 'mit' | 'identity'
  readonly name: string
  /** The content before packing; a name ending in `.gz` is packed when written. */
  readonly text: string
  /** Data rows, the header not counted. */
  readonly rows: number
  readonly sources: readonly SourceFile[]
  /** What was done to the sources, for `PROVENANCE.md`. */
  readonly treatment: string
}
