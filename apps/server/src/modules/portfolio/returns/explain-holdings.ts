import { type Decimal, sumOf } from '@banyan/domain'
import type { CorporateSteps } from './corporate-steps.ts'
import type { ShareLedger } from './share-ledger.ts'

/** Units of a share owned at a broker account now. */
export interface HeldShare {
  readonly broker: string
  readonly brokerAccount: string
  readonly share: string
  readonly symbol: string
  readonly quantity: Decimal
}

/** A share whose trades, from the first on, come to exactly what is held. */
export interface ExplainedShare {
  readonly ledger: ShareLedger
  readonly steps: CorporateSteps
  /** False where splits and bonuses are trades themselves, at the price 0, as ICICI's files have them. */
  readonly isStepped: boolean
}

/** A share of which trades are missing, or too many. */
export interface UnexplainedShare extends Omit<HeldShare, 'share' | 'quantity'> {
  readonly held: Decimal
  /** What the trades come to, in today's shares. */
  readonly traded: Decimal
}

export interface Explanation {
  readonly explained: readonly ExplainedShare[]
  readonly unexplained: readonly UnexplainedShare[]
}

/** Holds trades against holdings, a share of a broker account each: only where they come to the same nothing is missing. */
export function explainHoldings(
  ledgers: readonly ShareLedger[],
  held: readonly HeldShare[],
  stepsOf: (ledger: ShareLedger) => CorporateSteps,
): Explanation {
  const owned = new Map(held.map((share) => [keyOf(share), share]))
  const explained: ExplainedShare[] = []
  const unexplained: UnexplainedShare[] = []
  for (const ledger of ledgers) {
    const share = owned.get(keyOf(ledger))
    owned.delete(keyOf(ledger))
    const steps = stepsOf(ledger)
    const quantity = share?.quantity ?? sumOf([])
    const isStepped = explains(ledger, steps, quantity)
    if (isStepped === null) unexplained.push(miss(share ?? ledger, quantity, unitsOf(ledger, steps)))
    else explained.push({ ledger, steps, isStepped })
  }
  for (const share of owned.values())
    if (!share.quantity.eq(0)) unexplained.push(miss(share, share.quantity, sumOf([])))
  return { explained, unexplained }
}

/** Returns whether corporate actions have to be applied to the trades; null when they do not come to what is held either way. */
function explains(ledger: ShareLedger, steps: CorporateSteps, quantity: Decimal): boolean | null {
  const stepped = unitsOf(ledger, steps)
  // Of a bonus, fractions of a share are paid out in cash.
  const left = stepped.minus(quantity)
  if (left.gte(0) && left.lt(1) && (left.eq(0) || !isWhole(stepped))) return true
  return sumOf(ledger.days.map((day) => day.quantity)).eq(quantity) ? false : null
}

function unitsOf({ days }: ShareLedger, { unitsSince }: CorporateSteps): Decimal {
  return sumOf(days.map(({ date, quantity }) => inTodaysShares(quantity, unitsSince(date))))
}

/** Returns units of a date as today's, of which one of then became `since`. */
export function inTodaysShares(units: Decimal, since: Decimal | null): Decimal {
  return since === null ? units : units.times(since)
}

function isWhole(units: Decimal): boolean {
  return units.mod(1).eq(0)
}

function miss({ broker, brokerAccount, symbol }: HeldShare | ShareLedger, held: Decimal, traded: Decimal) {
  return { broker, brokerAccount, symbol, held, traded }
}

function keyOf({ broker, brokerAccount, share }: Pick<HeldShare, 'broker' | 'brokerAccount' | 'share'>): string {
  return JSON.stringify([broker, brokerAccount, share])
}
