import type { MatchesReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useMarketQueries } from '../../app/market-queries.ts'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { Waiting } from '../../components/waiting.tsx'
import type { View } from '../../lib/view.ts'
import { FanChart } from './fan-chart.tsx'
import { FollowedTable } from './followed-table.tsx'
import { MatchesTable } from './matches-table.tsx'

/** Past stretches of daily closes shaped like the newest one, and what followed them. */
export function MatchesCard({ view }: { readonly view: View }) {
  const { matches } = useMarketQueries()
  const query = useQuery(matches(view.instrument))
  return (
    <Section id="matches" title="When it looked like this before">
      {query.data ? (
        <Matches reply={query.data} view={view} />
      ) : (
        <Waiting
          label="Matches are loading"
          rows={8}
          failure="No matches"
          problem={query.error ?? query.failureReason}
        />
      )}
    </Section>
  )
}

/** Fewer cases than this tell nothing, by the measure the verdicts use. */
const fewCases = 30

function Matches({ reply, view }: { readonly reply: MatchesReply; readonly view: View }) {
  const { matches, followed, base, searched, window } = reply
  if (matches.length === 0)
    return (
      <Notice kind="empty" title="Nothing resembles it">
        No past stretch of {window} closes could be compared.
      </Notice>
    )
  return (
    <div className="flex flex-col gap-3">
      <p className="text-xs text-muted">
        The newest {window} daily closes against every stretch of as many in {searched.instruments} instruments.
        {matches.length < fewCases ? ` ${matches.length} matches are few: what followed them may be chance.` : ''}
      </p>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <FanChart followed={followed} base={base} />
        <FollowedTable followed={followed} base={base} />
      </div>
      <MatchesTable matches={matches} view={view} />
    </div>
  )
}
