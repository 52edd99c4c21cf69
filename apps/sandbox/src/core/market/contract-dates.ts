import { addDays, type Segment, type TradingCalendar, type TradingDate, weekday } from '@banyan/domain'

const tuesday = 2
const thursday = 4

/** When contracts end: the last such weekday of a month, every such weekday, or a day of the month; the trading day before if that is closed. */
export type ExpiryRule =
  | { readonly every: 'month'; readonly weekday: typeof tuesday | typeof thursday }
  | { readonly every: 'week'; readonly weekday: typeof tuesday | typeof thursday }
  | { readonly every: 'month'; readonly dayOfMonth: number }

export const lastTuesday: ExpiryRule = { every: 'month', weekday: tuesday }
export const lastThursday: ExpiryRule = { every: 'month', weekday: thursday }
export const everyTuesday: ExpiryRule = { every: 'week', weekday: tuesday }
export const nineteenth: ExpiryRule = { every: 'month', dayOfMonth: 19 }
export const twentySeventh: ExpiryRule = { every: 'month', dayOfMonth: 27 }

/** One contract's span and its running number under its rule. */
export interface ContractTerm {
  /** Months or weeks since an arbitrary start. */
  readonly number: number
  /** `2026-08`: the month it is named after. */
  readonly month: string
  readonly expiry: TradingDate
  /** A monthly contract, also under a weekly rule in the month's last week. */
  readonly isMonthly: boolean
}

/** Returns the `count` contracts that have not expired on the date, the next one first. */
export function termsOn(
  date: TradingDate,
  rule: ExpiryRule,
  count: number,
  calendar: TradingCalendar,
  segment: Segment,
): readonly ContractTerm[] {
  const terms: ContractTerm[] = []
  for (let number = numberOf(date, rule); terms.length < count; number++) {
    const term = termOf(number, rule, calendar, segment)
    if (term.expiry >= date) terms.push(term)
  }
  return terms
}

export function termOf(number: number, rule: ExpiryRule, calendar: TradingCalendar, segment: Segment): ContractTerm {
  const planned = plannedExpiry(number, rule)
  const expiry = calendar.isTradingDay(planned, segment) ? planned : calendar.previousTradingDay(planned, segment)
  const isMonthly = rule.every === 'month' || addDays(planned, 7).slice(0, 7) !== planned.slice(0, 7)
  return { number, month: planned.slice(0, 7), expiry, isMonthly }
}

function plannedExpiry(number: number, rule: ExpiryRule): TradingDate {
  if (rule.every === 'week') return addDays(weekZero(rule.weekday), number * 7)
  if ('dayOfMonth' in rule) return `${monthOf(number)}-${String(rule.dayOfMonth).padStart(2, '0')}`
  const lastDay = addDays(`${monthOf(number + 1)}-01`, -1)
  return addDays(lastDay, -((weekday(lastDay) - rule.weekday + 7) % 7))
}

function numberOf(date: TradingDate, rule: ExpiryRule): number {
  if (rule.every === 'month') return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
  return Math.floor((Date.parse(date) - Date.parse(weekZero(rule.weekday))) / (7 * 86_400_000))
}

/** 2000-01-02 was a Sunday. */
function weekZero(day: number): TradingDate {
  return addDays('2000-01-02', day)
}

function monthOf(number: number): string {
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
}
