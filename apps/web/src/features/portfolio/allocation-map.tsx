import { Link } from '@tanstack/react-router'
import { Amount } from '../../components/amount.tsx'
import { Change } from '../../components/change.tsx'
import { Tooltip } from '../../components/tooltip.tsx'
import { directionOf, formatPercent, formatRupees } from '../../lib/numbers.ts'
import { layOutTreemap, type Tile } from '../../lib/treemap.ts'
import { useMedia } from '../../lib/use-media.ts'
import { type Slice, withRest } from './slices.ts'

const boxes = { wide: { width: 300, height: 170 }, square: { width: 300, height: 300 } } as const
type Box = (typeof boxes)[keyof typeof boxes]
const tilesAtMost = 30

const grounds = { up: 'bg-up-soft', down: 'bg-down-soft', flat: 'bg-raised' } as const

/** A tile for each holding: its area the share of the value, its colour and sign the day. */
export function AllocationMap({ slices }: { readonly slices: readonly Slice[] }) {
  const box = useMedia('(width < 40rem)') ? boxes.square : boxes.wide
  const shown = withRest(slices, tilesAtMost)
  const tiles = layOutTreemap(
    shown.map(({ value }) => value),
    box.width,
    box.height,
  )
  return (
    <ul aria-label="Holdings by value" className="relative aspect-square w-full sm:aspect-[300/170]">
      {shown.map((slice, i) => {
        const tile = tiles[i]
        return tile ? <TileOf key={slice.name} slice={slice} tile={tile} box={box} /> : null
      })}
    </ul>
  )
}

interface TileOfProps {
  readonly slice: Slice
  readonly tile: Tile
  readonly box: Box
}

function TileOf({ slice, tile, box }: TileOfProps) {
  const { instrument, dayPercent } = slice
  const look = `flex h-full w-full flex-col overflow-hidden rounded-sm p-1.5 text-left leading-tight text-ink ${grounds[directionOf(dayPercent)]}`
  const face = <Face slice={slice} />
  return (
    <li
      className="absolute p-px [container-type:size]"
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

/** The smallest tile, in pixels of the screen, that has room for each line, so that no figure is shown in part. */
const roomFor = {
  name: '[@container_(width<2.5rem)_or_(height<1.75rem)]:sr-only',
  share: '[@container_(width<3.25rem)_or_(height<2.75rem)]:sr-only',
  day: '[@container_(width<3.5rem)_or_(height<3.75rem)]:sr-only',
} as const

/** A small tile shows its name, a tiny one its colour alone; read aloud, each has everything. */
function Face({ slice: { name, percent, dayPercent } }: { readonly slice: Slice }) {
  return (
    <>
      <span className={`truncate text-xs font-semibold ${roomFor.name}`}>{name}</span>
      <span className={`truncate text-2xs ${roomFor.share}`}>{`${formatRupees(percent)}%`}</span>
      {dayPercent === null ? null : (
        <span className={`mt-auto truncate text-2xs ${roomFor.day}`}>{formatPercent(dayPercent)}</span>
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
