import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useMarketQueries } from '../../app/market-queries.ts'
import { useSessionMark } from '../../lib/session-mark.ts'
import { InstrumentPanel } from '../instrument/instrument-panel.tsx'
import { IndexTiles } from './index-tiles.tsx'
import { MarketMap } from './market-map.tsx'
import { Movers } from './movers.tsx'
import { Sectors } from './sectors.tsx'
import { TopSignals } from './top-signals.tsx'

// What belongs to an account is code of its own, which a visitor never loads.
const WatchlistCard = lazy(async () => ({ default: (await import('./watchlist-card.tsx')).WatchlistCard }))

/** The screen of the morning: indices, one instrument in depth, what moved, and where the money went. */
export function OverviewPage() {
  const { snapshot } = useMarketQueries()
  const { data: received, failureReason } = useQuery({ ...snapshot, select: () => true })
  const isSignedIn = useSessionMark()
  // Nothing was ever received: the shell says so once, and empty cards would only repeat it.
  if (!received && failureReason) return <h1 className="sr-only">Market overview</h1>
  return (
    <div className="flex flex-col gap-3">
      <h1 className="sr-only">Market overview</h1>
      <IndexTiles />
      <div className="grid gap-3 lg:grid-cols-[minmax(0,1fr)_23rem]">
        <InstrumentPanel />
        <Movers />
      </div>
      <MarketMap />
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <TopSignals />
        <div className="flex min-w-0 flex-col gap-3">
          {isSignedIn ? (
            <Suspense>
              <WatchlistCard />
            </Suspense>
          ) : null}
          <Sectors />
        </div>
      </div>
    </div>
  )
}
