import { memo, useMemo } from 'react'
import { formatPercent } from '../../../lib/numbers.ts'
import { moveBetweenTiles } from '../../../lib/tile-keys.ts'
import type { Tile } from '../../../lib/treemap.ts'
import type { Arrangement } from './arrangement.ts'
import { layOutMap, margin, type SectorTiles } from './map-layout.ts'
import { placeOf } from './place-of.ts'
import { sectorName } from './sector-name.ts'
import type { MapSector } from './sectors-of.ts'
import { ShareTile } from './share-tile.tsx'

export interface MapDrawing {
  /** Where things lie. */
  readonly arrangement: Arrangement
  /** How things are now. */
  readonly sectors: readonly MapSector[]
  /** Pixels there are. */
  readonly width: number
  /** The instrument the chart shows. */
  readonly chosen: string
}

/** Pixels: a narrow map is taller, or its tiles would have no room for their symbols. */
const heightOf = (width: number) => Math.round(Math.min(Math.max(512, 460_000 / width), 720))

/** A tile for each share, those of a sector together. Tab goes from sector to sector, arrows from tile to tile. */
export function SharesMap({ arrangement, sectors, width, chosen }: MapDrawing) {
  const height = heightOf(width)
  const tiles = useMemo(() => layOutMap(arrangement, width + 2 * margin, height), [arrangement, width, height])
  const now = new Map(sectors.map((sector) => [sector.name, sector]))
  return (
    <ul aria-label="Sectors" className="relative -mx-0.5" style={{ height }} onKeyDown={moveBetweenTiles}>
      {tiles.map((sector) => {
        const current = now.get(sector.name)
        return current ? <SectorGroup key={sector.name} tiles={sector} sector={current} chosen={chosen} /> : null
      })}
    </ul>
  )
}

interface SectorGroupProps {
  readonly tiles: SectorTiles
  readonly sector: MapSector
  readonly chosen: string
}

function SectorGroup({ tiles, sector: { name, move, shares }, chosen }: SectorGroupProps) {
  const changes = new Map(shares.map((share) => [share.instrument, share.change_percent]))
  return (
    <li className="absolute" style={placeOf(tiles.tile)}>
      <SectorLabel name={name} move={formatPercent(move)} isShown={tiles.isLabelled} tile={tiles.tile} />
      <ul aria-label={name}>
        {tiles.shares.map(({ instrument, tile }, i) => {
          const percent = changes.get(instrument)
          return percent === undefined ? null : (
            <ShareTile
              key={instrument}
              instrument={instrument}
              percent={percent}
              tile={tile}
              isTabStop={i === 0}
              isChosen={instrument === chosen}
            />
          )
        })}
      </ul>
    </li>
  )
}

interface SectorLabelProps {
  readonly name: string
  readonly move: string
  readonly isShown: boolean
  readonly tile: Tile
}

/** Read aloud the whole name comes first as the list's; here its eye-catching part, as long as there is room. */
const SectorLabel = memo(function SectorLabel({ name, move, isShown, tile }: SectorLabelProps) {
  if (!isShown) return <p className="sr-only">{move}</p>
  const room = tile.width - roomOfMove
  return (
    <p className="flex h-5.5 items-center gap-1.5 px-1 pt-0.5 text-2xs leading-none">
      <span aria-hidden="true" className="truncate font-semibold">
        {sectorName(name, room)}
      </span>
      <span className={room < roomOfMove ? 'sr-only' : 'ml-auto text-muted'}>{move}</span>
    </p>
  )
})

/** Pixels of a sector's figure, about. */
const roomOfMove = 50
