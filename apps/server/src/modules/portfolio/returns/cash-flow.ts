import type { TradingDate } from '@banyan/domain'

/** Money that went into or came out of a portfolio on a day, in rupees. */
export interface CashFlow {
  readonly date: TradingDate
  /** Above 0 was put in (a purchase), below 0 was taken out (a sale). */
  readonly amount: number
}

/** Why a return is not told. */
export type UnknownReturn = 'no_flows' | 'trades_unknown' | 'value_unknown' | 'too_short' | 'no_answer'

/** A return in per cent, or why there is none. */
export type Return = { readonly pct: number } | { readonly unknown: UnknownReturn }
