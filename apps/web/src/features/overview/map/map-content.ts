import type { MarketMapReply } from '@banyan/client'
import { istDate } from '../../../lib/ist.ts'
import type { MapShare } from './sectors-of.ts'

/** What the map shows of an answer; null for `session` without shares. */
export interface MapContent {
  readonly shares: readonly MapShare[]
  readonly tradedCount: number
  readonly withoutVolumeCount: number
  /** `YYYY-MM-DD`, IST: the day whose trades these are, which in a closed market is not today. */
  readonly session: string | null
}

export const contentOf = (reply: MarketMapReply): MapContent => ({
  shares: reply.shares.map(({ instrument, sector, change_percent, traded_value }) => ({
    instrument,
    sector,
    change_percent,
    traded_value,
  })),
  tradedCount: reply.traded_count,
  withoutVolumeCount: reply.without_volume_count,
  session:
    reply.shares.length === 0 ? null : istDate(Math.max(...reply.shares.map((share) => Date.parse(share.as_of)))),
})
