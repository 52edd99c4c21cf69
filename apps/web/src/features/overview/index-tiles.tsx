import { useQuery } from '@tanstack/react-query'
import { useMarketQueries } from '../../app/market-queries.ts'
import { useView } from '../../app/use-view.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { pricesDate } from '../../lib/market-clock.ts'
import { IndexTile } from './index-tile.tsx'

const tiles = [
  { key: 'nifty', title: 'NIFTY 50' },
  { key: 'banknifty', title: 'BANK NIFTY' },
  { key: 'sensex', title: 'SENSEX' },
] as const

export function IndexTiles() {
  const { snapshot } = useMarketQueries()
  const { data, dataUpdatedAt } = useQuery(snapshot)
  const [view, change] = useView()
  return (
    <section aria-label="Indices" className="grid gap-2 sm:grid-cols-3 sm:gap-3">
      {tiles.map(({ key, title }) =>
        data ? (
          <IndexTile
            key={key}
            title={title}
            index={data.indices[key]}
            answeredAt={dataUpdatedAt}
            isOpen={data.market.is_open}
            date={pricesDate(data)}
            chosen={view.instrument === data.indices[key].instrument}
            onChoose={() => change({ instrument: data.indices[key].instrument })}
          />
        ) : (
          <div key={key} className="card p-4">
            <Skeleton label={`${title} is loading`} rows={3} />
          </div>
        ),
      )}
    </section>
  )
}
