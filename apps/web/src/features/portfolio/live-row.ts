import type { BookGroup, BookReply, BookRow } from '@banyan/client'

/** A row that follows the stream. */
export interface LiveRow extends BookRow {
  /** When its price came, in epoch milliseconds of this device: from then on it ages. */
  readonly heardAt: number
  /** As the server told it: each price is reckoned from there, so that no rounding adds up. */
  readonly told: BookRow
}

export interface LiveGroup extends BookGroup {
  readonly rows: LiveRow[]
}

/** A book whose rows follow the stream. Sums are sums of its rows, whoever priced them. */
export interface LiveBook extends BookReply {
  readonly groups: LiveGroup[]
  /** When the server answered, in epoch milliseconds of this device. */
  readonly answeredAt: number
}
