import { setImmediate } from 'node:timers/promises'
import { BanyanError, type Clock, type EpochMs } from '@banyan/domain'
import { dismissDraft, listDrafts } from './drafts.ts'
import { newEntryId } from './entry-id.ts'
import { type Given, problemsOf, refuseProblems, wholeEntry } from './entry-rules.ts'
import { importEntries } from './import-entries.ts'
import { type EntryFields, type JournalEntry, pnlOf } from './journal-entry.ts'
import type { JournalModule } from './journal-face.ts'
import type { DayTrades, EntryFilter, EntryPlace, JournalStore, PatternsAt } from './journal-ports.ts'
import { summarise } from './statistics.ts'
import { mergeTags } from './tags.ts'

export interface JournalParts {
  readonly store: JournalStore
  readonly patternsAt: PatternsAt
  readonly dayTrades: DayTrades
  /** The wall clock. */
  readonly clock: Clock
}

/** Entries held at once where all are read. */
const entriesPerPage = 500

export function createJournalModule(parts: JournalParts): JournalModule {
  const { store, clock } = parts
  return {
    create: (accountId, given) => create(parts, accountId, given),
    get: async (accountId, id) => found(await store.find(accountId, id)),
    async list(accountId, filter, { after, limit }) {
      const entries = await store.list(accountId, filter, { after, limit: limit + 1 })
      const shown = entries.slice(0, limit)
      return { entries: shown, next: entries.length > limit ? placeOf(shown.at(-1)) : null }
    },
    update: (accountId, id, given) => update(parts, accountId, id, given),
    async remove(accountId, id) {
      if (!(await store.remove(accountId, id))) throw new BanyanError('not_found')
    },
    everything: (accountId, filter) => readAll(store, accountId, filter),
    statistics: (accountId, filter) => summarise(store.outcomes(accountId, filter)),
    importEntries: (accountId, rows, { isPreview }) =>
      importEntries(store, accountId, rows, { isPreview, now: clock.now() }),
    drafts: (accountId) => listDrafts(parts, accountId, clock.now()),
    dismissDraft: (accountId, id) => dismissDraft(parts, accountId, id, clock.now()),
  }
}

async function create({ store, patternsAt, clock }: JournalParts, accountId: number, given: Given) {
  const now = clock.now()
  const fields = normalised(wholeEntry(given, now))
  const entry: JournalEntry = {
    ...fields,
    id: newEntryId(),
    pnl: pnlOf(fields),
    patternsAtEntry: await patternsAt(fields.symbol, fields.openedAt),
    createdAt: now,
    updatedAt: now,
  }
  if ((await store.add(accountId, [entry])) === 0) throw new Error('A new entry has the id of another.')
  return entry
}

async function update(parts: JournalParts, accountId: number, id: string, { fields, problems }: Given) {
  const { store, clock } = parts
  const now = clock.now()
  refuseProblems([...problems, ...problemsOf(fields, now)])
  const before = found(await store.find(accountId, id))
  if (Object.keys(fields).length === 0) return before
  const patterns = await patternsAfter(parts, before, fields)
  return found(await store.change(accountId, id, (entry) => changed(entry, fields, { ...patterns, now })))
}

/** The patterns are those of the opening: another opening has others. */
async function patternsAfter({ patternsAt }: JournalParts, before: JournalEntry, fields: Partial<EntryFields>) {
  const { symbol, openedAt } = { ...before, ...fields }
  if (symbol === before.symbol && openedAt === before.openedAt) return {}
  return { patternsAtEntry: await patternsAt(symbol, openedAt) }
}

function changed(
  entry: JournalEntry,
  fields: Partial<EntryFields>,
  { now, ...patterns }: { readonly now: EpochMs; readonly patternsAtEntry?: JournalEntry['patternsAtEntry'] },
): JournalEntry {
  const merged = normalised({ ...entry, ...fields })
  refuseProblems(problemsOf(merged, now))
  return { ...merged, ...patterns, pnl: pnlOf(merged), updatedAt: now }
}

function normalised<Entry extends EntryFields>(entry: Entry): Entry {
  return { ...entry, tags: mergeTags(entry.tags) }
}

async function* readAll(
  store: JournalStore,
  accountId: number,
  filter: EntryFilter,
): AsyncGenerator<readonly JournalEntry[]> {
  for (let after: EntryPlace | null = null; ; ) {
    const entries: readonly JournalEntry[] = await store.list(accountId, filter, { after, limit: entriesPerPage })
    if (entries.length > 0) yield entries
    if (entries.length < entriesPerPage) return
    await setImmediate() // reading SQLite does not yield by itself
    after = placeOf(entries.at(-1))
  }
}

function placeOf(entry: JournalEntry | undefined): EntryPlace | null {
  return entry === undefined ? null : { openedAt: entry.openedAt, id: entry.id }
}

function found<T>(entry: T | null): T {
  if (entry === null) throw new BanyanError('not_found')
  return entry
}
