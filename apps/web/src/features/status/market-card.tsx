import type { Health, Snapshot } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useMarketQueries } from '../../app/market-queries.ts'
import { Section } from '../../components/section.tsx'
import { Stat } from '../../components/stat.tsx'
import { istDate, istTime, nextOpening, readableDate } from '../../lib/ist.ts'
import { marketTime } from '../../lib/market-clock.ts'
import { useNow } from '../../lib/use-now.ts'

const states: Record<Snapshot['market']['state'], readonly [word: string, meaning: string]> = {
  open: ['Open', 'Shares are traded.'],
  pre_open: ['Pre-open', 'Orders are collected for the first price of the day.'],
  closing_auction: ['Closing auction', 'The closing prices are being found.'],
  post_close: ['Post-close', 'Trades at the closing price alone.'],
  closed: ['Closed', 'Nothing is traded.'],
}

interface MarketCardProps {
  readonly market: Health['market']
  /** The answer is old: the clock stops where it was. */
  readonly isPast: boolean
}

/** What the market's clock says, and whose clock it is. */
export function MarketCard({ market, isPast }: MarketCardProps) {
  const { snapshot } = useMarketQueries()
  const { data, dataUpdatedAt } = useQuery(snapshot)
  return (
    <Section id="market-clock" title="Market clock">
      {data === undefined ? (
        <p className="text-sm text-muted">The market’s state is not known yet.</p>
      ) : (
        <Clock market={data.market} snapshot={data} answeredAt={dataUpdatedAt} isPast={isPast} />
      )}
      <p className="mt-3 border-t border-line pt-2 text-xs text-muted">{kindOf(market)}</p>
    </Section>
  )
}

interface ClockProps {
  readonly market: Snapshot['market']
  readonly snapshot: Snapshot
  readonly answeredAt: number
  readonly isPast: boolean
}

function Clock({ market, snapshot, answeredAt, isPast }: ClockProps) {
  const now = useNow()
  const [word, meaning] = states[market.state]
  const time = marketTime(snapshot, answeredAt, isPast ? answeredAt : now)
  const opening = market.is_open || market.next_open_ist === null ? null : nextOpening(market.next_open_ist)
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3">
      <Stat label="NSE, cash shares" note={market.holiday === null ? meaning : `Holiday: ${market.holiday}`}>
        {isPast ? `Was ${word.toLowerCase()}` : word}
      </Stat>
      <Stat label="Its clock" note={time === null ? 'No price tells where it stands.' : readableDate(istDate(time))}>
        {time === null ? 'Not known' : `${istTime(time)} IST`}
      </Stat>
      {opening === null ? null : (
        <Stat label={market.mode === 'replay' ? 'The replay opens next' : 'Opens next'}>{opening}</Stat>
      )}
    </dl>
  )
}

function kindOf({ mode, recorded_date, calendar_known_to }: Health['market']): string {
  if (mode === 'live') return `A live market. Its holidays are known until ${readableDate(calendar_known_to)}.`
  const day = recorded_date === null ? 'a recorded day' : readableDate(recorded_date)
  return `A replay: ${day} is played as if it were now, tick by tick as it was recorded. The clock above is of that day, and no price is of today.`
}
