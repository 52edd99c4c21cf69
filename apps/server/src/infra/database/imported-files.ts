import type { Database } from './database.ts'

/** Returns a text that changes with every imported file, whoever imported it. */
export async function readImportRevision({ reader }: Database): Promise<string> {
  const row = await reader
    .selectFrom('imported_files')
    .select(({ fn }) => [fn.countAll<number>().as('files'), fn.max('imported_at').as('newest')])
    .executeTakeFirstOrThrow()
  return `${row.files} ${row.newest}`
}

/** Returns which of the SHA-256 sums belong to files imported before, under whatever source. */
export async function listImportedSums({ reader }: Database, sums: readonly string[]): Promise<ReadonlySet<string>> {
  if (sums.length === 0) return new Set()
  const rows = await reader.selectFrom('imported_files').select('sha256').where('sha256', 'in', sums).execute()
  return new Set(rows.map((row) => row.sha256))
}
