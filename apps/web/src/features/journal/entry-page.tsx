import type { JournalEntry, JournalEntryBody } from '@banyan/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useAccount } from '../../app/account.ts'
import { InstrumentLink } from '../../app/instrument-link.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { SignedIn } from '../../app/signed-in.tsx'
import { Gain } from '../../components/amount.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Form } from '../../components/form.tsx'
import { Stat } from '../../components/stat.tsx'
import { readableMinute } from '../../lib/ist.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { AmountsShown } from './amounts-shown.tsx'
import { fieldsOfEntry } from './entry-fields.ts'
import { EntryForm } from './entry-form.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { useJournalQueries, useRefreshJournal } from './journal-queries.ts'

/** One entry, to be read, changed or deleted. */
export function EntryPage() {
  usePageTitle('Journal entry')
  const { id } = useParams({ from: '/journal/$id' })
  return (
    <SignedIn what="your journal">
      <EntryFrame title="Entry">
        <EntryOf id={id} />
      </EntryFrame>
    </SignedIn>
  )
}

function EntryOf({ id }: { readonly id: string }) {
  const { entry } = useJournalQueries()
  const query = useQuery(entry(id))
  return (
    <Loaded query={query} label="The entry is loading" rows={6}>
      {(data) => <Entry key={data.updated_at} entry={data} />}
    </Loaded>
  )
}

function Entry({ entry }: { readonly entry: JournalEntry }) {
  const { client } = useAccount()
  const refresh = useRefreshJournal()
  const navigate = useNavigate()
  const save = async (body: JournalEntryBody) => {
    await client.journal.update(entry.id, body)
    await navigate({ to: '/journal', search: {} })
    refresh()
  }
  return (
    <>
      <Facts entry={entry} />
      <AmountsShown>
        <EntryForm label="Entry" submit="Save" initial={fieldsOfEntry(entry)} send={save} />
      </AmountsShown>
      <div className="flex flex-wrap gap-2 border-t border-line pt-3">
        <Disclosure label="Delete the entry" kind="danger">
          {() => <DeleteForm id={entry.id} />}
        </Disclosure>
      </div>
    </>
  )
}

function DeleteForm({ id }: { readonly id: string }) {
  const { client } = useAccount()
  const queries = useQueryClient()
  const refresh = useRefreshJournal()
  const navigate = useNavigate()
  const remove = async () => {
    await client.journal.remove(id)
    await navigate({ to: '/journal', search: {} })
    queries.removeQueries({ queryKey: ['account', 'journal', 'entry', id] })
    refresh()
  }
  return (
    <Form label="Delete the entry" submit="Delete it for good" kind="danger" send={remove}>
      <p className="text-sm">It cannot be brought back.</p>
    </Form>
  )
}

function Facts({ entry }: { readonly entry: JournalEntry }) {
  const { symbol, pnl, patterns_at_entry: patterns } = entry
  return (
    <dl className="grid gap-x-6 gap-y-2 border-b border-line pb-3 sm:grid-cols-3">
      <Stat label="Profit and loss" note={pnl === null ? 'Open, or without an exit price' : 'After fees'}>
        {pnl === null ? '–' : <Gain value={pnl} />}
      </Stat>
      <Stat label="Chart">
        <InstrumentLink instrument={symbol} underlined>
          {symbol}
        </InstrumentLink>
      </Stat>
      <Stat label="Daily patterns at entry" note={`Written ${readableMinute(entry.created_at)}`}>
        <span className="text-sm font-normal">{patternWords(patterns)}</span>
      </Stat>
    </dl>
  )
}

function patternWords(patterns: readonly string[] | null): string {
  if (patterns === null) return 'Not known'
  return patterns.length === 0 ? 'None' : patterns.map((id) => id.replaceAll('_', ' ')).join(', ')
}
