import type { EpochMs } from '@banyan/domain'
import { idOfOpening, isEntryId, openingOf } from './entry-id.ts'
import { problemsOf } from './entry-rules.ts'
import { type EntryFields, type JournalEntry, pnlOf } from './journal-entry.ts'
import type { GivenRow, ImportReport, RowProblem } from './journal-face.ts'
import type { JournalStore } from './journal-ports.ts'
import { mergeTags } from './tags.ts'

const shownProblems = 100
/** One transaction holds them all, and other writers wait for it. */
const mostRows = 20_000

/** Reads a whole file before anything is written. */
export async function importEntries(
  store: Pick<JournalStore, 'add' | 'countKnown'>,
  accountId: number,
  rows: AsyncIterable<GivenRow>,
  { isPreview, now }: { readonly isPreview: boolean; readonly now: EpochMs },
): Promise<ImportReport> {
  const file = createFile(now)
  for await (const row of rows) file.take(row)
  const { rows: read, entries, problems, problemCount } = file.read()
  if (problemCount > 0) return { rows: read, added: 0, known: 0, problems, problemCount }
  const added = isPreview
    ? entries.length -
      (await store.countKnown(
        accountId,
        entries.map(({ id }) => id),
      ))
    : await store.add(accountId, entries)
  return { rows: read, added, known: read - added, problems, problemCount }
}

function createFile(now: EpochMs) {
  const entries: JournalEntry[] = []
  const problems: RowProblem[] = []
  const lineById = new Map<string, number>()
  const occurrences = new Map<string, number>()
  let rows = 0
  let problemCount = 0

  const report = (line: number, field: string | null, reason: string) => {
    problemCount++
    if (problems.length < shownProblems) problems.push({ line, field, reason })
  }

  function idOf(fields: EntryFields): string {
    const opening = openingOf(fields)
    const occurrence = (occurrences.get(opening) ?? 0) + 1
    occurrences.set(opening, occurrence)
    return idOfOpening(opening, occurrence)
  }

  /** Returns what is wrong with the id a row brings; null for one without. */
  function refusedId({ id }: GivenRow): string | null {
    if (id === null) return null
    if (!isEntryId(id)) return 'must be the id of an exported entry, or empty'
    const before = lineById.get(id)
    return before === undefined ? null : `stands on line ${before} already`
  }

  return {
    take(row: GivenRow): void {
      rows++
      if (rows === mostRows + 1) report(row.line, null, `is beyond the ${mostRows} rows a file may have: split it`)
      if (rows > mostRows) return
      const badId = refusedId(row)
      if (badId !== null) report(row.line, 'id', badId)
      const wrong = [...row.problems, ...problemsOf(row.fields, now)]
      for (const { field, reason } of wrong) report(row.line, field === '' ? null : field, reason)
      if (badId !== null || wrong.length > 0) return
      const fields = row.fields as EntryFields
      const id = row.id ?? idOf(fields)
      if (lineById.has(id)) return // an exported row and the same trade without its id
      lineById.set(id, row.line)
      entries.push(toEntry(id, fields, row, now))
    },
    read: () => ({ rows, entries, problems, problemCount }),
  }
}

function toEntry(id: string, fields: EntryFields, { patternsAtEntry }: GivenRow, now: EpochMs): JournalEntry {
  return {
    ...fields,
    id,
    tags: mergeTags(fields.tags),
    pnl: pnlOf(fields),
    patternsAtEntry,
    createdAt: now,
    updatedAt: now,
  }
}
