import type { MarketMapShare } from '@banyan/client'
import { groupBy } from '../../../lib/group-by.ts'
import { sortByFigure } from '../../../lib/sorted.ts'

/** What the map draws of a share: nothing that changes by itself, as its age does. */
export type MapShare = Pick<MarketMapShare, 'instrument' | 'sector' | 'change_percent' | 'traded_value'>

export interface MapSector {
  readonly name: string
  /** Rupees traded of its shares, above 0. */
  readonly value: number
  /** Per cent: the mean change of its shares, each weighing as much as was traded of it. */
  readonly move: number
  /** Largest value first; never empty. */
  readonly shares: readonly MapShare[]
}

/** Where shares are whose sector is not known. */
export const noSector = 'Other'

/** Returns each share in exactly one sector, the sector of the largest value first. */
export function sectorsOf(shares: readonly MapShare[]): readonly MapSector[] {
  const sectors = [...groupBy(shares, ({ sector }) => sector ?? noSector)].map(([name, own]) => {
    const value = own.reduce((sum, share) => sum + share.traded_value, 0)
    const weighted = own.reduce((sum, share) => sum + share.traded_value * share.change_percent, 0)
    return { name, value, move: weighted / value, shares: sortByFigure(own, (share) => share.traded_value, false) }
  })
  return sortByFigure(sectors, ({ value }) => value, false)
}
