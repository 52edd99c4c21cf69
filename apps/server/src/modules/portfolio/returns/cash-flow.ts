import type { TradingDate } from '@banyan/domain'

/** Money that went into or came out of a portfolio on a day, in rupees. */
export interface CashFlow {
  readonly date: TradingDate
  /** Above 0 was put in (a purchase), below 0 was taken out (a sale). */
  readonly amount: number
}

/**
 * Why a return is not told: there are no trades; trades do not come to what is held; a price of then or now is not known; everything happened on
 * the last day; no rate, or more than one, fits; trades are later than the recorded day that is played.
 */
export type UnknownReturn =
  | 'no_trades'
  | 'trades_unknown'
  | 'value_unknown'
  | 'too_short'
  | 'no_answer'
  | 'after_replay'

/** A return in per cent, or why there is none. */
export type Return = { readonly pct: number } | { readonly unknown: UnknownReturn }
