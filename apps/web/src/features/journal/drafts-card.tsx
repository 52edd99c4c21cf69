import type { JournalDraft } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useAccount } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { Amount, Gain, Units } from '../../components/amount.tsx'
import { buttonLook } from '../../components/button.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/section.tsx'
import { brokerAccountName } from '../../lib/broker-names.ts'
import { readableDate } from '../../lib/ist.ts'
import { useJournalQueries, useRefreshJournal } from './journal-queries.ts'

/** Trades the brokers told of that are not written down yet. */
export function DraftsCard() {
  const { drafts } = useJournalQueries()
  const query = useQuery(drafts)
  return (
    <Section id="drafts" title="To be written down">
      <Loaded query={query} label="Drafts are loading" rows={3}>
        {({ drafts: list }) =>
          list.length === 0 ? (
            <p className="rounded-lg border border-dashed border-line px-3 py-4 text-center text-sm text-muted">
              Nothing waits. Trades of synced days appear here.
            </p>
          ) : (
            <ul>
              {list.map((draft) => (
                <Draft key={draft.id} draft={draft} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

function Draft({ draft }: { readonly draft: JournalDraft }) {
  const { client } = useAccount()
  const refresh = useRefreshJournal()
  const dismiss = async () => {
    await client.journal.dismissDraft(draft.id)
    refresh()
  }
  const product = draft.product === null ? '' : `, ${draft.product}`
  return (
    <li
      data-draft={draft.symbol}
      className="flex flex-wrap items-center gap-2 border-t border-line py-2.5 first:border-t-0 first:pt-0"
    >
      <div className="min-w-0 flex-1 basis-72 text-sm">
        <p className="font-medium">
          {draft.symbol} <span className="font-normal">{sideWord(draft)}</span>
        </p>
        <p className="text-xs text-muted">
          {draft.quantity === null ? null : (
            <>
              <Units value={draft.quantity} /> at <Amount value={draft.price} /> ·{' '}
            </>
          )}
          {readableDate(draft.date)} · {brokerAccountName(draft.broker, draft.broker_account)}
          {product}
        </p>
        {draft.realised === null ? null : (
          <p className="text-xs">
            <span className="text-muted">Realised</span> <Gain value={draft.realised} />
          </p>
        )}
      </div>
      {/* Both beside the words or both below them. */}
      <div className="flex flex-wrap items-center gap-2">
        <Link to="/journal/new" search={{ draft: draft.id }} className={buttonLook.quiet}>
          Write down<span className="sr-only"> {draft.symbol}</span>
        </Link>
        <Form label={`Dismiss ${draft.symbol}`} submit="Dismiss" kind="quiet" send={dismiss} />
      </div>
    </li>
  )
}

function sideWord({ side }: JournalDraft): string {
  if (side === null) return 'bought and sold'
  return side === 'buy' ? 'bought' : 'sold'
}
