import type { InstrumentId } from '@banyan/domain'
import type { InstrumentsModule } from '../../instruments/index.ts'

/** What a trade or a holding says of its share. */
export interface ShareName {
  readonly broker: string
  /** The exchange's symbol, or the broker's own code. */
  readonly symbol: string
  readonly isin: string | null
  /** Null where no list knows it. */
  readonly instrument: InstrumentId | null
}

/**
 * Returns a function that names shares alike whoever tells of them. What the lists say of an instrument today comes first: a split that halves
 * the face value gives a share another ISIN, so trades of before carry one that holdings do not.
 */
export function createShareKeys(instruments: Pick<InstrumentsModule, 'find'>): (name: ShareName) => string {
  return ({ broker, symbol, isin, instrument }) => {
    const listed = instrument === null ? null : instruments.find(instrument)
    return listed?.isin ?? isin ?? listed?.id ?? instrument ?? `${broker} ${symbol}`
  }
}
