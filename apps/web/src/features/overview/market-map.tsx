import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { pollMs, useMarketQueries } from '../../app/market-queries.ts'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { formatUnits } from '../../lib/numbers.ts'
import { FeedMark } from '../market/feed-mark.tsx'
import { contentOf, type MapContent } from './map/map-content.ts'

// The map lies below the first screen: what draws it comes after it.
const DrawnMap = lazy(async () => ({ default: (await import('./map/drawn-map.tsx')).DrawnMap }))

/** The shares traded most, by sector: what was traded and how it moved. Ages are left out, so an answer without news draws nothing. */
export function MarketMap() {
  const { marketMap } = useMarketQueries()
  const { data, dataUpdatedAt, failureReason } = useQuery({
    ...marketMap,
    refetchInterval: pollMs.marketMap,
    select: contentOf,
  })
  return (
    <Section id="market-map" title="Market map" aside={<FeedMark polled={{ dataUpdatedAt, failureReason }} />}>
      {data ? <Content content={data} /> : <Waiting problem={failureReason} />}
    </Section>
  )
}

function Content({ content }: { readonly content: MapContent }) {
  if (content.shares.length === 0) return <NothingTraded withoutVolumeCount={content.withoutVolumeCount} />
  return (
    <Suspense fallback={<MapSkeleton />}>
      <DrawnMap content={content} />
    </Suspense>
  )
}

function NothingTraded({ withoutVolumeCount: count }: { readonly withoutVolumeCount: number }) {
  if (count === 0)
    return (
      <Notice kind="empty" title="Nothing has been traded yet">
        No share has both a price of the session and a previous close.
      </Notice>
    )
  return (
    <Notice kind="empty" title="No volumes to measure">
      {count === 1 ? 'One share has' : `${formatUnits(count)} shares have`} a price, but either nothing was traded yet,
      or their source tells no volumes. The areas of the map are made of volumes.
    </Notice>
  )
}

function Waiting({ problem }: { readonly problem: Error | null }) {
  if (!problem) return <MapSkeleton />
  return (
    <Notice kind="failed" title="No market map">
      {problem.message} The page goes on trying.
    </Notice>
  )
}

const MapSkeleton = () => <Skeleton label="Market map is loading" rows={1} className="h-96 sm:h-[36rem]" />
