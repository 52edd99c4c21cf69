import type { BanyanClient, JournalEntry } from '@banyan/client'
import { infiniteQueryOptions, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { accountQuery, noticing, useAccount } from '../../app/account.ts'
import { type JournalSearch, parseJournalSearch } from '../../lib/journal-search.ts'
import { patient } from '../../lib/retry.ts'

/** The calendar reads at most so many entries, 200 to a page. */
const calendarPages = 25

/** Entries for the calendar, and whether there are more than it reads. */
export interface CalendarEntries {
  readonly entries: readonly JournalEntry[]
  readonly isCut: boolean
}

/** Returns the questions of the journal's screens. */
export function useJournalQueries() {
  const { client } = useAccount()
  const { journal } = client
  return {
    entries: (filter: JournalSearch) =>
      infiniteQueryOptions({
        queryKey: ['account', 'journal', 'entries', filter],
        queryFn: ({ signal, pageParam }) =>
          noticing(journal.list({ ...filter, signal, ...(pageParam === null ? {} : { cursor: pageParam }) })),
        initialPageParam: null as string | null,
        getNextPageParam: ({ next_cursor }) => next_cursor,
        ...patient,
      }),
    entry: (id: string) => accountQuery(['journal', 'entry', id], (options) => journal.get(id, options)),
    statistics: (filter: JournalSearch) =>
      accountQuery(['journal', 'statistics', filter], (options) => journal.statistics({ ...filter, ...options })),
    drafts: accountQuery(['journal', 'drafts'], journal.drafts),
    calendar: (filter: JournalSearch) =>
      accountQuery(['journal', 'calendar', filter], (options) => readAll(client, { ...filter, ...options })),
  }
}

async function readAll(
  { journal }: BanyanClient,
  filter: JournalSearch & { readonly signal: AbortSignal },
): Promise<CalendarEntries> {
  const entries: JournalEntry[] = []
  let cursor: string | null = null
  for (let page = 0; page < calendarPages; page++) {
    const reply = await journal.list({ ...filter, limit: 200, ...(cursor === null ? {} : { cursor }) })
    entries.push(...reply.entries)
    cursor = reply.next_cursor
    if (cursor === null) return { entries, isCut: false }
  }
  return { entries, isCut: true }
}

/** Returns a function that asks for the journal again after a change. */
export function useRefreshJournal(): () => void {
  const queries = useQueryClient()
  return () => void queries.invalidateQueries({ queryKey: ['account', 'journal'] })
}

/** Returns the filter of the address, and a function that sets another. */
export function useJournalFilter(): [JournalSearch, (filter: Record<string, unknown>) => void] {
  const search = parseJournalSearch({ ...useSearch({ strict: false }) })
  const navigate = useNavigate()
  return [search, (filter) => void navigate({ to: '/journal', search: parseJournalSearch(filter), resetScroll: false })]
}
