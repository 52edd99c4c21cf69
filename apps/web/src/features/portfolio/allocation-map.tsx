import { Link } from '@tanstack/react-router'
import { Amount } from '../../components/amount.tsx'
import { Change } from '../../components/change.tsx'
import { Tooltip } from '../../components/tooltip.tsx'
import { directionOf, formatPercent, formatRupees } from '../../lib/numbers.ts'
import { layOutTreemap, type Tile } from '../../lib/treemap.ts'
import { type Slice, withRest } from './slices.ts'

const box = { width: 300, height: 170 } as const
const tilesAtMost = 30

const grounds = { up: 'bg-up-soft', down: 'bg-down-soft', flat: 'bg-raised' } as const

/** A tile for each holding: its area the share of the value, its colour and sign the day. */
export function AllocationMap({ slices }: { readonly slices: readonly Slice[] }) {
  const shown = withRest(slices, tilesAtMost)
  const tiles = layOutTreemap(
    shown.map(({ value }) => value),
    box.width,
    box.height,
  )
  return (
    <ul aria-label="Holdings by value" className="relative aspect-[300/170] w-full">
      {shown.map((slice, i) => {
        const tile = tiles[i]
        return tile ? <TileOf key={slice.name} slice={slice} tile={tile} /> : null
      })}
    </ul>
  )
}

function TileOf({ slice, tile }: { readonly slice: Slice; readonly tile: Tile }) {
  const { instrument, dayPercent } = slice
  const look = `flex h-full w-full flex-col overflow-hidden rounded-sm p-1.5 text-left leading-tight text-ink ${grounds[directionOf(dayPercent)]}`
  const face = <Face slice={slice} tile={tile} />
  return (
    <li
      className="absolute p-px"
      style={{
        left: `${(tile.x / box.width) * 100}%`,
        top: `${(tile.y / box.height) * 100}%`,
        width: `${(tile.width / box.width) * 100}%`,
        height: `${(tile.height / box.height) * 100}%`,
      }}
    >
      <Tooltip content={<Facts slice={slice} />}>
        {instrument === null ? (
          <button type="button" className={look}>
            {face}
          </button>
        ) : (
          <Link to="/instrument/$instrument" params={{ instrument }} className={look}>
            {face}
          </Link>
        )}
      </Tooltip>
    </li>
  )
}

/** A small tile shows its name, a tiny one its colour alone; read aloud, each has everything. */
function Face({ slice: { name, percent, dayPercent }, tile }: { readonly slice: Slice; readonly tile: Tile }) {
  const lines = tile.width < 24 || tile.height < 12 ? 0 : tile.height < 24 ? 1 : tile.height < 36 ? 2 : 3
  return (
    <>
      <span className={lines < 1 ? 'sr-only' : 'truncate text-xs font-semibold'}>{name}</span>
      <span className={lines < 2 ? 'sr-only' : 'truncate text-2xs'}>{`${formatRupees(percent)}%`}</span>
      {dayPercent === null ? null : (
        <span className={lines < 3 ? 'sr-only' : 'mt-auto truncate text-2xs'}>{formatPercent(dayPercent)}</span>
      )}
    </>
  )
}

function Facts({ slice: { name, value, percent, dayPercent } }: { readonly slice: Slice }) {
  return (
    <>
      <p className="font-semibold">{name}</p>
      <p>
        <Amount value={value} />, {`${formatRupees(percent)}%`} of the value
      </p>
      {dayPercent === null ? null : (
        <p>
          <Change percent={dayPercent} /> since the last close
        </p>
      )}
    </>
  )
}
