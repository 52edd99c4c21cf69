import { type ComponentProps, useMemo, useSyncExternalStore } from 'react'
import { Change } from '../../components/change.tsx'
import { LiveFigure } from '../../components/live-figure.tsx'
import { PriceButton } from '../../components/price.tsx'
import { ProvenanceCard } from '../../components/provenance-card.tsx'
import { Tooltip } from '../../components/tooltip.tsx'
import type { HeardQuote } from '../../lib/feed-types.ts'
import { newestOf } from '../../lib/newer-price.ts'
import type { HeardPrices } from './heard-prices.ts'

export interface Watched {
  readonly instrument: string
  /** What the server answered last; undefined before that, and of an instrument it does not know. */
  readonly told: HeardQuote | undefined
  readonly heard: HeardPrices
}

interface WatchedPriceProps {
  readonly watched: Watched
  readonly isMissing: boolean
}

/** Price of a row, the newer of the server's answer and the stream's. Neither its tooltip nor the table renders with it. */
export function WatchedPrice({ watched, isMissing }: WatchedPriceProps) {
  const isTold = useWatched(watched, (quote) => quote !== undefined)
  if (!isTold) return <span className="text-muted">{isMissing ? 'Not on any list' : '…'}</span>
  return (
    <LiveFigure>
      <Tooltip content={<Provenance watched={watched} />}>
        <Face watched={watched} />
      </Tooltip>
    </LiveFigure>
  )
}

/** Change of a row against the previous close; nothing while there is no price. */
export function WatchedChange({ watched }: { readonly watched: Watched }) {
  const quote = useWatched(watched, (newest) => newest)
  if (!quote || quote.last_price === null) return null
  const change = <Change percent={quote.change_percent} />
  return quote.change_percent === null ? change : <LiveFigure>{change}</LiveFigure>
}

type FaceProps = Omit<ComponentProps<'button'>, 'title' | 'value' | 'hidden'> & { readonly watched: Watched }

function Face({ watched, ...trigger }: FaceProps) {
  const value = useWatched(watched, (quote) => quote?.last_price ?? null)
  return <PriceButton {...trigger} title={watched.instrument} value={value} />
}

function Provenance({ watched }: { readonly watched: Watched }) {
  const quote = useWatched(watched, (newest) => newest)
  return quote ? <ProvenanceCard title={watched.instrument} price={quote} answeredAt={quote.heardAt} /> : null
}

/** Renders when what is selected of the row's price changes. */
function useWatched<T>({ instrument, told, heard }: Watched, select: (quote: HeardQuote | undefined) => T): T {
  const subscribe = useMemo(() => (changed: () => void) => heard.onPrice(instrument, changed), [heard, instrument])
  return useSyncExternalStore(subscribe, () => select(newestOf(told, heard.priceOf(instrument))))
}
