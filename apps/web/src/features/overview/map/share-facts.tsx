import type { MarketMapReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useMarketQueries } from '../../../app/market-queries.ts'
import { Change } from '../../../components/change.tsx'
import { ProvenanceCard } from '../../../components/provenance-card.tsx'
import { formatCompactRupees, formatRupees, formatVolume } from '../../../lib/numbers.ts'
import { noSector } from './sectors-of.ts'

/** Everything known of a share of the map; it listens only while it is open. */
export function ShareFacts({ instrument }: { readonly instrument: string }) {
  const { marketMap } = useMarketQueries()
  const { data: share, dataUpdatedAt } = useQuery({ ...marketMap, select: (reply) => findShare(reply, instrument) })
  if (!share) return null
  return (
    <div className="flex flex-col gap-1.5">
      <div>
        <p className="font-semibold">{share.name ?? instrument}</p>
        <p className="text-muted">{share.sector ?? noSector}</p>
        <p className="text-sm">
          ₹{formatRupees(share.last_price)} <Change percent={share.change_percent} points={share.change} />
        </p>
        <p>
          Traded {formatCompactRupees(share.traded_value)}, {formatVolume(share.volume)} units
        </p>
      </div>
      <ProvenanceCard title={instrument} price={share} answeredAt={dataUpdatedAt} />
    </div>
  )
}

/** Returns null for a share that has just left the map. */
export function findShare(reply: MarketMapReply, instrument: string) {
  return reply.shares.find((share) => share.instrument === instrument) ?? null
}
