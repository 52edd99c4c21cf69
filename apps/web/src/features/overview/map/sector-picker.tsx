import { useMemo, useState } from 'react'
import { moveStep, stepLooks } from '../../../lib/move-step.ts'
import { formatPercent } from '../../../lib/numbers.ts'
import { layOutTreemap, type Tile } from '../../../lib/treemap.ts'
import { placeOf } from './place-of.ts'
import { sectorName } from './sector-name.ts'
import { SectorShares } from './sector-shares.tsx'
import type { MapSector } from './sectors-of.ts'
import type { MapDrawing } from './shares-map.tsx'
import { TileSign } from './tile-sign.tsx'

const height = 360

/** For a thumb: a map of the sectors, and below it the shares of the one that was pressed, at first the largest. */
export function SectorPicker({ arrangement, sectors, width, chosen }: MapDrawing) {
  const [pressed, press] = useState<string | null>(null)
  const tiles = useMemo(
    () =>
      layOutTreemap(
        arrangement.map(({ value }) => value),
        width,
        height,
      ),
    [arrangement, width],
  )
  const names = arrangement.map(({ name }) => name)
  const at = Math.max(names.indexOf(pressed ?? ''), 0)
  const now = new Map(sectors.map((sector) => [sector.name, sector]))
  const open = now.get(names[at] ?? '')
  const step = (by: number) => press(names[(at + by + names.length) % names.length] ?? null)
  return (
    <>
      <ul aria-label="Sectors" className="relative" style={{ height }}>
        {names.map((name, i) => {
          const [sector, tile] = [now.get(name), tiles[i]]
          return sector && tile ? (
            <SectorTile key={name} sector={sector} tile={tile} isOpen={i === at} onPress={() => press(name)} />
          ) : null
        })}
      </ul>
      {open ? <SectorShares key={open.name} sector={open} chosen={chosen} onStep={step} /> : null}
    </>
  )
}

interface SectorTileProps {
  readonly sector: MapSector
  readonly tile: Tile
  readonly isOpen: boolean
  readonly onPress: () => void
}

function SectorTile({ sector: { name, move }, tile, isOpen, onPress }: SectorTileProps) {
  const face = sectorFaceOf(name, tile)
  return (
    <li className="absolute p-px" style={placeOf(tile)}>
      <button
        type="button"
        aria-pressed={isOpen}
        onClick={onPress}
        className={`relative flex h-full w-full flex-col overflow-hidden rounded-sm p-1 text-left text-2xs leading-tight ${stepLooks[moveStep(move)]} focus-visible:z-10 focus-visible:inset-ring-2 focus-visible:inset-ring-surface aria-pressed:inset-ring-2 aria-pressed:inset-ring-ink`}
      >
        <span className="sr-only">{`${name} ${formatPercent(move)}`}</span>
        <span aria-hidden="true" className="contents">
          {face.name === null ? null : <span className="truncate font-semibold">{face.name}</span>}
          {face.hasMove ? <span className="mt-auto">{formatPercent(move)}</span> : <TileSign percent={move} />}
        </span>
      </button>
    </li>
  )
}

/** Returns the name that fits, whole or short, and whether the change does; what a tile cannot show stands below the map once it is pressed. */
function sectorFaceOf(
  name: string,
  { width, height }: Tile,
): { readonly name: string | null; readonly hasMove: boolean } {
  const hasMove = width >= 48 && height >= 22
  if (!hasMove || height < 38) return { name: null, hasMove }
  return { name: sectorName(name, width - 10), hasMove }
}
