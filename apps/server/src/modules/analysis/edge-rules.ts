import type { EdgeRules } from './analysis-face.ts'
import { horizons } from './timeframe.ts'

/**
 * A delivery of shares in and out pays about 0.23 % in taxes and charges (securities transaction tax 0.1 % each way, stamp duty 0.015 %, exchange
 * and SEBI charges, GST on them); the rest is what a small order gives up between bid and ask.
 */
const costPct = 0.25

/** Returns the rules all edges of an instance are measured by; `priorWeight` is in cases. */
export function createEdgeRules(priorWeight: number): EdgeRules {
  return { horizons, costPct, priorWeight }
}

/** Returns true if what `measured` says was measured by these rules. */
export function isMeasuredBy(measured: EdgeRules, rules: EdgeRules): boolean {
  return (
    measured.costPct === rules.costPct &&
    measured.priorWeight === rules.priorWeight &&
    measured.horizons.join() === rules.horizons.join()
  )
}
