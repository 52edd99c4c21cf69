import { memo, useMemo, useState } from 'react'
import { useView } from '../../../app/use-view.ts'
import { useWidth } from '../../../lib/use-width.ts'
import { type Arrangement, arrange } from './arrangement.ts'
import { MapCaption } from './map-caption.tsx'
import type { MapContent } from './map-content.ts'
import { SectorPicker } from './sector-picker.tsx'
import { sectorsOf } from './sectors-of.ts'
import { SharesMap } from './shares-map.tsx'

/** Pixels: below it a tile of each share would be too small for a thumb. */
const roomForShares = 540

/** All shares where there is room for them; on a phone the sectors, and the shares of one of them. */
export const DrawnMap = memo(function DrawnMap({ content }: { readonly content: MapContent }) {
  const [measure, width] = useWidth()
  const sectors = useMemo(() => sectorsOf(content.shares), [content.shares])
  const [{ instrument }] = useView()
  const arrangement = useArrangement(sectors)
  const drawing = { arrangement, sectors, width, chosen: instrument }
  return (
    <>
      <div ref={measure} className="min-h-80 sm:min-h-[32rem]">
        {width === 0 ? null : width < roomForShares ? <SectorPicker {...drawing} /> : <SharesMap {...drawing} />}
      </div>
      <MapCaption content={content} />
    </>
  )
})

/** Keeps tiles where they are until it would be wrong. */
function useArrangement(sectors: Arrangement): Arrangement {
  const [held, hold] = useState<Arrangement>([])
  const arrangement = useMemo(() => arrange(held, sectors), [held, sectors])
  if (arrangement !== held) hold(arrangement)
  return arrangement
}
