import type { JournalFigures, JournalStatisticsReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../../app/loaded.tsx'
import { Amount, Gain } from '../../components/amount.tsx'
import { Section } from '../../components/section.tsx'
import { Stat } from '../../components/stat.tsx'
import { formatRupees } from '../../lib/numbers.ts'
import { BreakdownTable } from './breakdown-table.tsx'
import { useJournalFilter, useJournalQueries } from './journal-queries.ts'

/** What came of the trades: over all of them, and by what they had in common. */
export function StatisticsCard() {
  const [filter] = useJournalFilter()
  const { statistics } = useJournalQueries()
  const query = useQuery(statistics(filter))
  return (
    <Section id="statistics" title="What came of it">
      <Loaded query={query} label="Statistics are loading" rows={3}>
        {(reply) => <StatisticsOf reply={reply} />}
      </Loaded>
    </Section>
  )
}

function StatisticsOf({ reply }: { readonly reply: JournalStatisticsReply }) {
  const { total, entries, open, unpriced } = reply
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
        <Stat label="Profit and loss" note="After fees">
          {total.trades === 0 ? '–' : <Gain value={total.pnl} />}
        </Stat>
        <Stat label="Win rate" note={`${total.wins} won, ${total.losses} lost`}>
          {total.win_rate_percent === null ? '–' : `${formatRupees(total.win_rate_percent)}%`}
        </Stat>
        <Stat label="Expectancy" note="Mean of a trade">
          {total.expectancy === null ? '–' : <Gain value={total.expectancy} />}
        </Stat>
        <Stat label="Profit factor" note={profitFactorNote(total)}>
          {formatRupees(total.profit_factor)}
        </Stat>
        <Stat
          label="Average win, loss"
          note={
            total.average_loss === null ? (
              'No loss yet'
            ) : (
              <>
                loss <Amount value={total.average_loss} />
              </>
            )
          }
        >
          <Amount value={total.average_win} />
        </Stat>
        <Stat label="Counted" note={`${open} open${unpriced === 0 ? '' : `, ${unpriced} without an exit price`}`}>
          {total.trades} <span className="text-sm font-normal text-muted">of {entries}</span>
        </Stat>
      </dl>
      <Breakdowns reply={reply} />
    </>
  )
}

const profitFactorNote = ({ trades, losses }: JournalFigures) =>
  trades > 0 && losses === 0 ? 'Unknown without a loss' : 'Gains for each rupee lost'

function Breakdowns({ reply }: { readonly reply: JournalStatisticsReply }) {
  if (reply.total.trades === 0) return null
  const patterns = [
    ...reply.by_pattern.map(({ pattern_id: name, ...figures }) => ({ name: name.replaceAll('_', ' '), ...figures })),
    { name: 'no pattern', ...reply.without_pattern },
    { name: 'not known', ...reply.patterns_unknown },
  ].filter(({ trades }) => trades > 0)
  return (
    <details className="mt-3 border-t border-line pt-2">
      <summary className="cursor-pointer rounded text-sm font-medium">By month, tag and pattern at entry</summary>
      <div className="mt-2 grid items-start gap-x-6 gap-y-3 lg:grid-cols-3">
        <BreakdownTable
          title="Month of the exit"
          rows={reply.by_month.map(({ month, ...rest }) => ({ name: month, ...rest }))}
        />
        <BreakdownTable title="Tag" rows={reply.by_tag.map(({ tag, ...rest }) => ({ name: tag, ...rest }))} />
        <BreakdownTable title="Pattern at entry" rows={patterns} />
      </div>
    </details>
  )
}
