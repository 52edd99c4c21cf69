import type { Snapshot } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useMarketQueries } from '../../app/market-queries.ts'
import { useView } from '../../app/use-view.ts'
import { Change } from '../../components/change.tsx'
import { Notice } from '../../components/notice.tsx'
import { ProvenanceCard } from '../../components/provenance-card.tsx'
import { Section } from '../../components/section.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { Tooltip } from '../../components/tooltip.tsx'
import { barShare } from '../../lib/bar-share.ts'

type Sector = Snapshot['sectors'][number]

/** How far each sector moved, best first as the API orders them; bars grow from the middle. */
export function Sectors() {
  const { snapshot } = useMarketQueries()
  const { data: sectors, dataUpdatedAt } = useQuery({ ...snapshot, select: (reply) => reply.sectors })
  const [view, change] = useView()
  if (!sectors)
    return (
      <Section id="sectors" title="Sectors">
        <Skeleton label="Sectors are loading" rows={8} />
      </Section>
    )
  const largest = Math.max(...sectors.map((sector) => Math.abs(sector.change ?? 0)))
  return (
    <Section id="sectors" title="Sectors">
      {sectors.length === 0 ? (
        <Notice kind="empty" title="No sector has a price">
          Sector indices appear here as soon as a source gives them.
        </Notice>
      ) : (
        <ul className="gap-x-10 sm:max-lg:columns-2">
          {sectors.map((sector) => (
            <li key={sector.instrument} className="break-inside-avoid">
              <SectorBar
                sector={sector}
                answeredAt={dataUpdatedAt}
                share={barShare(sector.change, largest)}
                chosen={view.instrument === sector.instrument}
                onChoose={() => change({ instrument: sector.instrument })}
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

interface SectorBarProps {
  readonly sector: Sector
  readonly answeredAt: number
  /** −100 to 100: per cent of half the bar's width, its sign the direction. */
  readonly share: number
  readonly chosen: boolean
  readonly onChoose: () => void
}

function SectorBar({ sector, answeredAt, share, chosen, onChoose }: SectorBarProps) {
  return (
    <Tooltip content={<ProvenanceCard title={sector.name} price={sector} answeredAt={answeredAt} />}>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={onChoose}
        className="grid w-full grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)_4rem] sm:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_4.5rem] items-center gap-3 rounded-md px-1.5 py-1 text-left text-sm hover:bg-raised aria-pressed:bg-raised aria-pressed:font-semibold"
      >
        <span className="truncate">{sector.name}</span>
        <span aria-hidden="true" className="relative h-2.5 border-x border-transparent">
          <span className="absolute -inset-y-1 left-1/2 w-px bg-muted/50" />
          <span
            className={`absolute inset-y-0 rounded-sm ${share < 0 ? 'right-1/2 bg-down' : 'left-1/2 bg-up'}`}
            style={{ width: `${Math.abs(share) / 2}%` }}
          />
        </span>
        <span className="text-right">
          {sector.change === null ? <span className="text-muted">No price</span> : <Change percent={sector.change} />}
        </span>
      </button>
    </Tooltip>
  )
}
