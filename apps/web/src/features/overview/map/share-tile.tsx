import { memo } from 'react'
import { Tooltip } from '../../../components/tooltip.tsx'
import { moveStep, stepLooks } from '../../../lib/move-step.ts'
import { formatPercent } from '../../../lib/numbers.ts'
import type { Tile } from '../../../lib/treemap.ts'
import { ChartLink } from './chart-link.tsx'
import { placeOf } from './place-of.ts'
import { ShareFacts } from './share-facts.tsx'
import { type Face, faceOf } from './tile-face.ts'
import { TileSign } from './tile-sign.tsx'

interface ShareTileProps {
  readonly instrument: string
  /** Change since the last close; 1.5 means 1.5 %. */
  readonly percent: number
  readonly tile: Tile
  readonly isTabStop: boolean
  readonly isChosen: boolean
}

/** One share: drawn again only when its change, its place or whether it is chosen is another. */
export const ShareTile = memo(function ShareTile({ instrument, percent, tile, isTabStop, isChosen }: ShareTileProps) {
  const symbol = instrument.slice(instrument.indexOf(':') + 1)
  const face = faceOf(symbol, tile)
  const { box, first, second } = looks[face]
  return (
    <li className="absolute p-[0.5px]" style={placeOf(tile)}>
      <Tooltip content={<ShareFacts instrument={instrument} />}>
        <ChartLink
          instrument={instrument}
          data-tile=""
          tabIndex={isTabStop ? 0 : -1}
          aria-current={isChosen ? 'true' : undefined}
          className={`${box} ${isChosen ? 'inset-ring-2 inset-ring-ink' : ''} ${stepLooks[moveStep(percent)]} relative flex h-full w-full flex-col items-center justify-center overflow-hidden rounded-xs leading-tight hover:brightness-95 focus-visible:z-10 focus-visible:outline-offset-0 focus-visible:inset-ring-2 focus-visible:inset-ring-surface dark:hover:brightness-125 forced-colors:border`}
        >
          <span className={first}>{symbol}</span>
          <span className={second}>{formatPercent(percent)}</span>
          {face === 'sign' ? <TileSign percent={percent} /> : null}
        </ChartLink>
      </Tooltip>
    </li>
  )
})

const looks: Readonly<Record<Face, { readonly box: string; readonly first: string; readonly second: string }>> = {
  huge: { box: 'gap-1', first: 'text-xl font-semibold tracking-tight', second: 'text-base' },
  large: { box: 'gap-0.5', first: 'text-base font-semibold', second: 'text-sm' },
  both: { box: 'gap-px', first: 'text-xs font-semibold', second: 'text-2xs' },
  small: { box: 'gap-px', first: 'text-2xs font-semibold', second: 'text-2xs' },
  cut: { box: 'gap-px px-1', first: 'max-w-full truncate text-2xs font-semibold', second: 'text-2xs' },
  upright: { box: '[writing-mode:vertical-rl] gap-px', first: 'text-xs font-semibold', second: 'text-2xs' },
  symbol: { box: '', first: 'text-2xs font-semibold', second: 'sr-only' },
  sign: { box: 'text-xs', first: 'sr-only', second: 'sr-only' },
  bare: { box: '', first: 'sr-only', second: 'sr-only' },
}
