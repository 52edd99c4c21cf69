import type { Candidate } from './candidate.ts'
import type { FormationId } from './formation.ts'
import type { Market } from './market.ts'
import type { Swing } from './swing.ts'

/** A number the detector compares with, and why it is that number. */
export interface Parameter {
  readonly value: number
  readonly unit: 'share' | 'candles' | 'ATR' | 'pivots'
  readonly reason: string
}

/** One component of the shape quality, measured 0 to 1 and weighted against its siblings. */
export interface QualityPart {
  readonly part: string
  readonly weight: number
  readonly meaning: string
}

/**
 * A formation as the registry lists it: what it is, where that comes from, and how it is found. A detector is asked at each
 * pivot (`pivots`) or at each candle (`candles`); it may wait for its shape on later candles, but reads none after the
 * `detectedAt` it answers with.
 */
export type FormationDefinition = DefinitionText & (PivotDetector | CandleDetector)

interface DefinitionText {
  readonly id: FormationId
  readonly name: string
  readonly direction: 'bullish' | 'bearish' | 'both'
  readonly description: string
  readonly source: string
  readonly parameters: Readonly<Record<string, Parameter>>
  readonly quality: readonly QualityPart[]
}

interface PivotDetector {
  readonly reads: 'pivots'
  detect(swing: Swing): Candidate | null
}

interface CandleDetector {
  readonly reads: 'candles'
  detect(market: Market, index: number): Candidate | null
}
