import type { AuditReply } from '@banyan/client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useAccount } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { AccountCard, AccountRow } from '../../components/account-card.tsx'
import { Button } from '../../components/button.tsx'
import { auditFacts, auditWords } from '../../lib/audit-words.ts'
import { deviceName } from '../../lib/device-name.ts'
import { readableInstant } from '../../lib/ist.ts'
import { surfaceName } from '../../lib/surface-name.ts'

type AuditEvent = AuditReply['events'][number]

/** What happened to the account, newest first. */
export function TrailCard() {
  const { audit } = useAccount()
  const query = useInfiniteQuery(audit)
  return (
    <AccountCard id="trail" title="What happened" lead="Newest first. Nobody can change or remove an entry.">
      <Loaded query={query} label="The trail is loading" rows={4}>
        {({ pages }) => (
          <>
            <ol>{pages.flatMap(({ events }) => events.map((event) => <EventRow key={event.id} event={event} />))}</ol>
            {query.hasNextPage ? (
              <Button
                aria-disabled={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage({ cancelRefetch: false })}
                className="self-start"
              >
                {query.isFetchingNextPage ? 'Loading…' : 'Show older ones'}
              </Button>
            ) : (
              <p className="text-xs text-muted">That is all.</p>
            )}
          </>
        )}
      </Loaded>
    </AccountCard>
  )
}

function EventRow({ event }: { readonly event: AuditEvent }) {
  const words = auditWords(event)
  const facts = auditFacts(event.facts)
  const from = event.ip === null ? surfaceName(event.surface) : `${deviceName(event.user_agent)}, ${event.ip}`
  const title = event.outcome === 'refused' ? <span className="text-warn">✕ {words}</span> : words
  return (
    <AccountRow title={title} facts={[`${readableInstant(event.at)}, ${from}`, ...(facts === '' ? [] : [facts])]} />
  )
}
