import type { PnlReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../../app/loaded.tsx'
import { Choice } from '../../components/choice.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { readableDate } from '../../lib/ist.ts'
import type { TrendDays } from '../../lib/portfolio-search.ts'
import { BenchmarkLine, useBenchmark } from './benchmark-line.tsx'
import { usePortfolioQueries, usePortfolioSearch } from './portfolio-queries.ts'
import { TrendChart } from './trend-chart.tsx'
import { trendLine } from './trend-line.ts'

const ranges: readonly { readonly value: TrendDays; readonly label: string; readonly name: string }[] = [
  { value: '30', label: '1M', name: '30 days' },
  { value: '90', label: '3M', name: '90 days' },
  { value: '180', label: '6M', name: '180 days' },
  { value: '365', label: '1Y', name: '365 days' },
]

/** How profit and loss went from one synced trading day to the next. */
export function Trend() {
  const [{ days = '30' }, change] = usePortfolioSearch()
  const { pnl } = usePortfolioQueries()
  const query = useQuery(pnl(Number(days)))
  return (
    <Section
      id="trend"
      title="Profit and loss over time"
      aside={<Choice label="Range" options={ranges} value={days} onChange={(value) => change({ days: value })} />}
    >
      <Loaded query={query} label="The trend is loading" rows={6}>
        {(reply) => <TrendOf reply={reply} />}
      </Loaded>
    </Section>
  )
}

function TrendOf({ reply: { trend } }: { readonly reply: PnlReply }) {
  const found = useBenchmark(trend)
  const line = trendLine(trend, found.benchmark?.days)
  const [only] = line.points
  if (line.points.length < 2)
    return (
      <Notice kind="empty" title={only ? 'One day so far' : 'No day in this range'}>
        Each trading day with a sync leaves one snapshot, and two make a line.
        {only ? ` The only one here is of ${readableDate(only.snapshot.date)}.` : ' Choose a longer range, or sync.'}
      </Notice>
    )
  return (
    <>
      <TrendChart line={line} benchmark={found.benchmark} />
      <BenchmarkLine found={found} />
    </>
  )
}
