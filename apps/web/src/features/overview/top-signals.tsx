import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMarketQueries } from '../../app/market-queries.ts'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { SignalsTable } from '../../components/signals-table.tsx'
import { Skeleton } from '../../components/skeleton.tsx'

/** The snapshot's signals: patterns completed lately, those with a measured edge first. */
export function TopSignals() {
  const { snapshot } = useMarketQueries()
  const { data: signals } = useQuery({ ...snapshot, select: (reply) => reply.signals })
  return (
    <Section
      id="top-signals"
      title="Top signals"
      aside={
        <Link to="/signals" search={{}} className="text-xs text-muted underline underline-offset-2 hover:text-ink">
          All signals
        </Link>
      }
    >
      {signals === undefined ? (
        <Skeleton label="Signals are loading" rows={8} />
      ) : signals.length === 0 ? (
        <Notice kind="empty" title="No signals yet">
          They appear when the records of the patterns are measured, a minute or two after the first start.
        </Notice>
      ) : (
        <SignalsTable signals={signals} />
      )}
    </Section>
  )
}
