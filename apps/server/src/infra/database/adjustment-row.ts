import type { Adjustment } from '@banyan/domain'

/** A factor on its way into the store. */
export interface AdjustmentRow {
  readonly instrumentKey: number
  /** Null for a factor that holds for every source. */
  readonly sourceKey: number | null
  readonly adjustment: Adjustment
}
