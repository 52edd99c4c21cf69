import { useQuery } from '@tanstack/react-query'
import { memo, useState } from 'react'
import { useMarketQueries } from '../../../app/market-queries.ts'
import { Change } from '../../../components/change.tsx'
import { Tooltip } from '../../../components/tooltip.tsx'
import { formatCompactRupees, formatPercent, formatRupees } from '../../../lib/numbers.ts'
import { ChartLink } from './chart-link.tsx'
import type { MapSector } from './sectors-of.ts'
import { findShare, ShareFacts } from './share-facts.tsx'

interface SectorSharesProps {
  readonly sector: MapSector
  readonly chosen: string
  /** To the sector before (−1) or after (1) by value, for tiles too small to be hit. */
  readonly onStep: (by: -1 | 1) => void
}

/** As many as can be seen below the map. */
const atFirst = 6

/** The shares of one sector as rows a thumb can hit, with what a desk shows on hover. */
export function SectorShares({ sector: { name, value, move, shares }, chosen, onStep }: SectorSharesProps) {
  const [showsAll, showAll] = useState(false)
  const shown = showsAll ? shares : shares.slice(0, atFirst)
  return (
    <section aria-labelledby="map-sector" className="mt-2">
      <div className="flex items-center gap-1">
        <StepButton label="Sector before" sign="‹" onPress={() => onStep(-1)} />
        <div className="min-w-0 flex-1 text-center leading-tight">
          <h3 id="map-sector" className="text-sm font-semibold">
            {name}
          </h3>
          <p className="text-xs text-muted">
            {formatPercent(move)} · {formatCompactRupees(value)} traded
          </p>
        </div>
        <StepButton label="Sector after" sign="›" onPress={() => onStep(1)} />
      </div>
      <ul aria-labelledby="map-sector">
        {shown.map(({ instrument }) => (
          <ShareRow key={instrument} instrument={instrument} isChosen={instrument === chosen} />
        ))}
      </ul>
      {shown.length < shares.length ? (
        <button
          type="button"
          onClick={() => showAll(true)}
          className="mt-1 min-h-11 w-full rounded-md border border-line text-sm font-medium"
        >
          Show all {shares.length}
        </button>
      ) : null}
    </section>
  )
}

interface StepButtonProps {
  readonly label: string
  readonly sign: string
  readonly onPress: () => void
}

function StepButton({ label, sign, onPress }: StepButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onPress}
      className="size-11 shrink-0 rounded-md text-xl leading-none text-muted hover:bg-raised hover:text-ink"
    >
      {sign}
    </button>
  )
}

interface ShareRowProps {
  readonly instrument: string
  readonly isChosen: boolean
}

/** One share; like a row of the movers it leaves out the age, which changes with every answer. */
const ShareRow = memo(function ShareRow({ instrument, isChosen }: ShareRowProps) {
  const { marketMap } = useMarketQueries()
  const { data: share } = useQuery({
    ...marketMap,
    select: (reply) => {
      const found = findShare(reply, instrument)
      return found && { ...found, age_ms: null, as_of: null }
    },
  })
  if (!share) return null
  return (
    <li className="border-t border-line first:border-t-0">
      <Tooltip content={<ShareFacts instrument={instrument} />}>
        <ChartLink
          instrument={instrument}
          aria-current={isChosen ? 'true' : undefined}
          className={`${isChosen ? 'bg-raised' : ''} grid min-h-11 grid-cols-[minmax(0,1fr)_auto_4.5rem] items-center gap-2 rounded-md px-1.5 py-1 text-sm leading-tight hover:bg-raised`}
        >
          <span className="flex min-w-0 flex-col">
            <span className="truncate font-medium">{instrument.slice(instrument.indexOf(':') + 1)}</span>
            <span className="truncate text-2xs text-muted">{share.name ?? '\u00a0'}</span>
          </span>
          <span className="flex flex-col text-right">
            <span>{formatRupees(share.last_price)}</span>
            <span className="text-2xs text-muted">{formatCompactRupees(share.traded_value)}</span>
          </span>
          <span className="text-right">
            <Change percent={share.change_percent} />
          </span>
        </ChartLink>
      </Tooltip>
    </li>
  )
})
