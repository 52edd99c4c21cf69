import type { JournalEntryBody } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useAccount } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { SignedIn } from '../../app/signed-in.tsx'
import { brokerAccountName } from '../../lib/broker-names.ts'
import { noteSessionEnd } from '../../lib/session-mark.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { AmountsShown } from './amounts-shown.tsx'
import { blankFields, type EntryFields, fieldsOfDraft } from './entry-fields.ts'
import { EntryForm } from './entry-form.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { useJournalQueries, useRefreshJournal } from './journal-queries.ts'

/** Writes an entry down, from nothing or from what a broker told. */
export function NewEntryPage() {
  usePageTitle('New entry')
  const { draft } = useSearch({ from: '/journal/new' })
  return (
    <SignedIn what="your journal">
      <EntryFrame title="New entry">
        {draft === undefined ? <NewEntry initial={blankFields} draft={null} /> : <FromDraft id={draft} />}
      </EntryFrame>
    </SignedIn>
  )
}

function FromDraft({ id }: { readonly id: string }) {
  const { drafts } = useJournalQueries()
  const query = useQuery(drafts)
  return (
    <Loaded query={query} label="The draft is loading" rows={5}>
      {({ drafts: list }) => {
        const draft = list.find((one) => one.id === id)
        if (draft === undefined)
          return (
            <>
              <p className="text-sm text-muted">The draft was dismissed or written down already.</p>
              <NewEntry initial={blankFields} draft={null} />
            </>
          )
        return (
          <>
            <p className="rounded-md bg-raised px-3 py-2 text-sm">
              From {brokerAccountName(draft.broker, draft.broker_account)}. Brokers tell the day and no time: fill in
              when you opened it.
              {draft.side === null ? ' The day ended where it began, so side, quantity and price are yours too.' : ''}
            </p>
            <AmountsShown>
              <NewEntry initial={fieldsOfDraft(draft)} draft={id} />
            </AmountsShown>
          </>
        )
      }}
    </Loaded>
  )
}

function NewEntry({ initial, draft }: { readonly initial: EntryFields; readonly draft: string | null }) {
  const { client } = useAccount()
  const refresh = useRefreshJournal()
  const navigate = useNavigate()
  const send = async (entry: JournalEntryBody) => {
    await client.journal.create(entry)
    // The entry is written: where its draft cannot be dismissed, it stays in the list for the person to see.
    if (draft !== null) await client.journal.dismissDraft(draft).catch(noteSessionEnd)
    await navigate({ to: '/journal', search: {} })
    refresh()
  }
  return <EntryForm label="New entry" submit="Write it down" initial={initial} send={send} />
}
