import type { Snapshot } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useMarketQueries } from '../../app/market-queries.ts'
import { feedState } from '../../lib/feed-state.ts'
import { istTime, nextOpening } from '../../lib/ist.ts'
import { marketTime } from '../../lib/market-clock.ts'
import { useNow } from '../../lib/use-now.ts'

type State = Snapshot['market']['state']

/** Word and sign of each state; the shape differs as well as the colour. */
const looks: Record<State, { readonly word: string; readonly sign: string; readonly colour: string }> = {
  open: { word: 'Open', sign: '●', colour: 'text-up' },
  pre_open: { word: 'Pre-open', sign: '◔', colour: 'text-replay' },
  closing_auction: { word: 'Closing auction', sign: '◕', colour: 'text-replay' },
  post_close: { word: 'Post-close', sign: '◑', colour: 'text-muted' },
  closed: { word: 'Closed', sign: '○', colour: 'text-muted' },
}

/** Whether NSE trades, what its clock says in IST, and when it next opens. */
export function MarketBadge() {
  const { snapshot } = useMarketQueries()
  const query = useQuery(snapshot)
  const now = useNow()
  const { data, dataUpdatedAt } = query
  if (!data) return <span className="text-xs text-muted">Market state not known</span>
  const { word, sign, colour } = looks[data.market.state]
  // Without an answer nobody knows that the market is still open, so the clock stops where it was.
  const stale = feedState(query, now).kind === 'stale'
  const clock = marketTime(data, dataUpdatedAt, stale ? dataUpdatedAt : now)
  return (
    <div data-market-state={data.market.state} className="ages text-right text-xs leading-tight">
      <p className="whitespace-nowrap font-semibold">
        <span aria-hidden="true" className={`${colour} mr-1`}>
          {sign}
        </span>
        <span className="sr-only">Market: </span>
        {stale ? `Was ${word.toLowerCase()}` : word}
        <span className="ml-2 font-normal text-muted">
          {clock === null ? 'clock not known' : `${istTime(clock)} IST`}
        </span>
      </p>
      <p className="text-2xs text-muted">{nextStep(data.market)}</p>
    </div>
  )
}

function nextStep(market: Snapshot['market']): string {
  if (market.holiday) return `Holiday: ${market.holiday}`
  if (market.is_open || market.next_open_ist === null) return 'NSE, cash shares'
  return `${market.mode === 'replay' ? 'Replay opens' : 'Opens'} ${nextOpening(market.next_open_ist)}`
}
