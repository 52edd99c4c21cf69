/** Every formation the engine knows, in the order of the catalogue. */
export const formationIds = [
  'double_top',
  'double_bottom',
  'triple_top',
  'triple_bottom',
  'head_and_shoulders',
  'inverse_head_and_shoulders',
  'ascending_triangle',
  'descending_triangle',
  'symmetrical_triangle',
  'rising_wedge',
  'falling_wedge',
  'rectangle',
  'channel_up',
  'channel_down',
  'broadening_top',
  'broadening_bottom',
  'diamond_top',
  'diamond_bottom',
  'bull_flag',
  'bear_flag',
  'bull_pennant',
  'bear_pennant',
  'cup_with_handle',
  'inverse_cup_with_handle',
  'rounding_top',
  'rounding_bottom',
  'v_top',
  'v_bottom',
  'volatility_contraction',
  'resistance_break',
  'support_break',
  'uptrend_line_break',
  'downtrend_line_break',
  'nr4',
  'nr7',
  'inside_bar',
  'common_gap',
  'breakaway_gap',
  'runaway_gap',
  'exhaustion_gap',
] as const
export type FormationId = (typeof formationIds)[number]

export type FormationDirection = 'bullish' | 'bearish' | 'neutral'

/**
 * `forming`: the shape stands, its border is not yet broken. `confirmed`: a candle closed beyond it. Then one of
 * `target`: the measured move was made; `failed`: the stop came first, or the shape broke on the wrong side while forming;
 * `expired`: neither came in time.
 */
export type FormationState = 'forming' | 'confirmed' | 'target' | 'failed' | 'expired'

/** A point of the chart: candle (position in the series) and price. */
export interface Anchor {
  readonly index: number
  readonly price: number
}

export interface NamedAnchor extends Anchor {
  readonly role: string
}

export interface FormationLine {
  readonly from: Anchor
  readonly to: Anchor
  readonly role: string
}

/** One step in a formation's life and what stood from then on. Nothing in it was known only after candle `index`. */
export interface FormationEvent {
  readonly index: number
  readonly state: FormationState
  readonly direction: FormationDirection
  readonly breakout: number | null
  readonly target: number | null
  readonly stop: number | null
}

/**
 * A chart formation. Geometry (`anchors`, `lines`, `quality`) is settled at the close of candle `detectedAt` and never
 * changes; what changes is dated in `events`, and the fields `state` … `stop` are those of the latest event.
 *
 * * `direction`: where the price is expected to go; `neutral` while a formation that breaks either way is forming.
 * * `start`: candle of the first anchor. `end`: candle of the last anchor, once confirmed the candle of the breakout.
 * * `quality`: 0 to 100, how well the shape fits its definition (the parts are in the catalogue). Not a chance of success.
 * * `confirmedAt`: candle that closed beyond the border; null when none has.
 * * `breakout`: price of the border on that candle; while forming its price on candle `detectedAt`.
 * * `target`: measured move from `breakout`; null when it would be no price above zero.
 * * `stop`: price of the opposite border on the same candle.
 *
 * `breakout`, `target` and `stop` are null while either side may break.
 */
export interface Formation {
  readonly pattern: FormationId
  readonly direction: FormationDirection
  readonly state: FormationState
  readonly start: number
  readonly end: number
  readonly anchors: NamedAnchor[]
  readonly lines: FormationLine[]
  readonly quality: number
  readonly confirmedAt: number | null
  readonly breakout: number | null
  readonly target: number | null
  readonly stop: number | null
  readonly detectedAt: number
  readonly events: FormationEvent[]
}
