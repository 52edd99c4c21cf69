import { useQuery } from '@tanstack/react-query'
import { useMarketQueries } from '../../app/market-queries.ts'
import { InstrumentPanel } from '../instrument/instrument-panel.tsx'
import { IndexTiles } from './index-tiles.tsx'
import { Movers } from './movers.tsx'
import { Sectors } from './sectors.tsx'

/** The screen of the morning: indices, one instrument in depth, what moved. */
export function OverviewPage() {
  const { snapshot } = useMarketQueries()
  const { data: received, failureReason } = useQuery({ ...snapshot, select: () => true })
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
      <Sectors />
    </div>
  )
}
