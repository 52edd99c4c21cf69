import { type Static, Type } from 'typebox'
import { named } from './named.ts'
import { MarketMode, nullableNumber, nullableText } from './provenance.ts'

/** Timeframes as this API writes them, shortest first. */
export const wireTimeframes = ['15m', '1h', '1d', '1w'] as const
export const patternIntervals = ['15minute', '60minute', 'day', 'week'] as const
/** What a list of signals can be ordered by. */
export const wireSignalSorts = [
  'symbol',
  'pattern',
  'direction',
  'detected_at',
  'confidence',
  'interval_low',
  'n',
] as const
export const matchMetrics = ['dtw', 'euclidean', 'cosine', 'pearson'] as const

const direction = Type.Enum(['bullish', 'bearish'])
const timeframe = Type.Enum([...wireTimeframes])
const verdict = Type.Enum(['edge', 'no_measurable_edge', 'too_few_cases'], {
  description: 'What the record says: above the base rate beyond chance, not measurably so, or fewer than 30 cases.',
})
const interval = Type.Union([Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }), Type.Null()], {
  description: '90 % interval of the hit rate in per cent, [low, high].',
})
const disclaimer = Type.String({ description: 'Screens that show this data must show it.' })

/** The track record beside a pattern (stocktrendz.md §5.1). */
const record = {
  confidence: nullableNumber('Hit rate in per cent, shrunk to the base rate, 1 decimal; null when n is 0.'),
  horizon: Type.Object({ bars: Type.Integer(), timeframe }),
  n: Type.Integer({ description: 'Finished past cases.' }),
  hits: Type.Integer({ description: 'Cases that moved in the direction; no move is a miss.' }),
  base_rate: nullableNumber('Per cent of all bars of the same universe, timeframe and period that moved so.'),
  prior_weight: Type.Number({ description: 'Weight of the base rate in the shrinkage, in cases.' }),
  interval,
  verdict,
}

/** A pattern that was completed lately, with its record (stocktrendz.md §5.1). */
export const Signal = Type.Object(
  {
    symbol: Type.String(),
    instrument: Type.String(),
    pattern: Type.String({ description: 'Name for people.' }),
    pattern_id: Type.String(),
    direction,
    timeframe,
    detected_at: Type.String({ description: 'Close of the bar that completed the pattern.' }),
    ...record,
  },
  { $id: 'Signal' },
)
export type Signal = Static<typeof Signal>

/** One measured record of a pattern. */
export const PatternEdge = Type.Object(
  {
    timeframe,
    direction,
    ...record,
    hit_rate: nullableNumber('Plain share of hits in per cent.'),
    mean_return_percent: nullableNumber('Mean return of the cases after costs, in per cent of the entry price.'),
    q: nullableNumber('False-discovery rate over everything tried, 0 to 1.'),
  },
  { $id: 'PatternEdge' },
)
export type PatternEdge = Static<typeof PatternEdge>

/** How and when the records were measured; null before the first measurement. */
export const EdgeMeasurement = Type.Object(
  {
    as_of: Type.String({ description: 'Market time; nothing later was used.' }),
    instruments: Type.Integer(),
    candles: Type.Integer(),
    horizons: Type.Array(Type.Integer(), { description: 'Holding times measured, in bars.' }),
    cost_percent: Type.Number({
      description:
        'Cost of a case, in and out, in per cent of its entry price; mean returns are after it, hits are not.',
    }),
    prior_weight: Type.Number(),
  },
  { $id: 'EdgeMeasurement' },
)
export type EdgeMeasurement = Static<typeof EdgeMeasurement>

const measured = Type.Union([named(EdgeMeasurement), Type.Null()])

/** Whether the records of a timeframe held: what they said up to a moment against what came after it. */
const Calibration = Type.Object({
  timeframe,
  horizon: Type.Object({ bars: Type.Integer(), timeframe }),
  split_at: Type.String({ description: 'Records are as they were known then; cases entered from then on.' }),
  bins: Type.Array(
    Type.Object({
      promised: Type.Number({
        description: 'Per cent the records said (confidence), each weighed by its later cases.',
      }),
      records: Type.Integer({ description: 'Records of at least 30 cases put together.' }),
      n: Type.Integer({ description: 'Cases entered later.' }),
      hits: Type.Integer(),
      hit_rate: Type.Number({ description: 'Per cent of these that moved in the direction.' }),
      interval: Type.Union([Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }), Type.Null()], {
        description: '90 % interval of hit_rate; cases held at the same time count as one draw.',
      }),
      usual: Type.Number({ description: 'Per cent of all later bars that moved so, whatever the pattern.' }),
    }),
    { description: 'By promised rate, rising, with about as many cases each.' },
  ),
})

const CataloguePattern = Type.Object({
  pattern_id: Type.String(),
  name: Type.String(),
  kind: Type.Enum(['candlestick', 'formation']),
  direction: Type.Enum(['bullish', 'bearish', 'both', 'none']),
  bars: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Candles of a candlestick pattern; null for formations.',
  }),
  description: Type.String(),
  source: Type.String({ description: 'Who described it.' }),
  edges: Type.Array(named(PatternEdge)),
})

/** Reply of GET /api/patterns (ours): every pattern the engine knows, with its measured records. */
export const PatternsReply = Type.Object(
  {
    patterns: Type.Array(CataloguePattern),
    calibration: Type.Array(Calibration, {
      description: 'Of 1d and 1w; empty before the first measurement and where the history is too short.',
    }),
    measured,
    measuring: Type.Union([Type.Object({ done: Type.Integer(), total: Type.Integer() }), Type.Null()], {
      description: 'How far the measurement under way on this instance is, in instruments.',
    }),
    disclaimer,
    market: named(MarketMode),
  },
  { $id: 'PatternsReply' },
)
export type PatternsReply = Static<typeof PatternsReply>

export const SymbolParams = Type.Object({
  symbol: Type.String({ description: 'EXCHANGE:SYMBOL or a bare NSE symbol; & travels as %26.' }),
})

export const PatternsQuery = Type.Object({
  interval: Type.Optional(Type.String({ description: `${patternIntervals.join(', ')}; default day.` })),
})

const Point = Type.Object({ role: Type.String(), time: Type.String(), price: Type.Number() })

const FoundCandlestick = Type.Object({
  pattern_id: Type.String(),
  name: Type.String(),
  direction: Type.Union([direction, Type.Null()], { description: 'Null for patterns that tell none.' }),
  value: Type.Integer({ description: 'As TA-Lib: ±80, ±100, ±200.' }),
  from: Type.String(),
  time: Type.String({ description: 'Bar that completed it.' }),
  detected_at: Type.String(),
  edge: Type.Union([named(PatternEdge), Type.Null()]),
})

const FoundFormation = Type.Object({
  pattern_id: Type.String(),
  name: Type.String(),
  direction: Type.Enum(['bullish', 'bearish', 'neutral']),
  state: Type.Enum(['forming', 'confirmed', 'target', 'failed', 'expired']),
  quality: Type.Number({ description: '0–100, how well the shape fits its definition. Not a chance of success.' }),
  from: Type.String(),
  to: Type.String(),
  detected_at: Type.String(),
  confirmed_at: nullableText('Close of the bar that broke out.'),
  breakout: nullableNumber('Price of the border at the breakout.'),
  measured_move: nullableNumber('Where the height of the shape reaches from the breakout.'),
  opposite_border: nullableNumber('Price of the other border at the breakout.'),
  anchors: Type.Array(Point),
  lines: Type.Array(Type.Object({ role: Type.String(), from: Point, to: Point })),
  edge: Type.Union([named(PatternEdge), Type.Null()]),
})

/** Reply of GET /api/patterns/{symbol} (ours): what the newest 120 adjusted bars show, newest first. */
export const InstrumentPatternsReply = Type.Object(
  {
    instrument: Type.String(),
    interval: Type.Enum([...patternIntervals]),
    candles: Type.Integer({ description: 'Bars searched.' }),
    from: nullableText('First bar searched.'),
    as_of: nullableText('Close of the newest bar.'),
    candlesticks: Type.Array(FoundCandlestick),
    formations: Type.Array(FoundFormation),
    measured,
    disclaimer,
    market: named(MarketMode),
  },
  { $id: 'InstrumentPatternsReply' },
)
export type InstrumentPatternsReply = Static<typeof InstrumentPatternsReply>

export const MatchesQuery = Type.Object({
  metric: Type.Optional(Type.String({ description: `${matchMetrics.join(', ')}; default dtw (band 5 %).` })),
  window: Type.Optional(Type.String({ description: 'Daily closes compared, 10–250, default 60.' })),
  k: Type.Optional(Type.String({ description: 'Matches, 1–50, default 10.' })),
})

const Spread = Type.Object({
  bars: Type.Integer(),
  n: Type.Integer(),
  up_percent: nullableNumber('Share of rises.'),
  mean_percent: nullableNumber('Mean change.'),
  points: Type.Union([Type.Array(Type.Number()), Type.Null()], {
    description: '10, 25, 50, 75 and 90 % points of the change in per cent.',
  }),
})

/** Reply of GET /api/patterns/{symbol}/matches (ours): past stretches of daily closes shaped like the newest one, and what followed. */
export const MatchesReply = Type.Object(
  {
    instrument: Type.String(),
    metric: Type.Enum([...matchMetrics]),
    window: Type.Integer(),
    from: Type.String(),
    to: Type.String(),
    matches: Type.Array(
      Type.Object({
        instrument: Type.String(),
        symbol: Type.String(),
        from: Type.String(),
        to: Type.String(),
        distance: Type.Number(),
        similarity: Type.Number({ description: '0–1, 1 for the same shape.' }),
        followed: Type.Array(Type.Object({ bars: Type.Integer(), change_percent: Type.Number() })),
      }),
    ),
    followed: Type.Array(Spread, { description: 'What followed the matches.' }),
    base: Type.Array(Spread, { description: 'What followed any day of everything searched.' }),
    searched: Type.Object({ instruments: Type.Integer(), closes: Type.Integer() }),
    disclaimer,
    market: named(MarketMode),
  },
  { $id: 'MatchesReply' },
)
export type MatchesReply = Static<typeof MatchesReply>

export const SignalsQuery = Type.Object({
  symbol: Type.Optional(Type.String({ description: 'EXCHANGE:SYMBOL or a bare NSE symbol.' })),
  pattern: Type.Optional(Type.String({ description: 'A pattern_id of the catalogue.' })),
  direction: Type.Optional(Type.String({ description: 'bullish or bearish.' })),
  timeframe: Type.Optional(Type.String({ description: wireTimeframes.join(', ') })),
  verdict: Type.Optional(Type.String({ description: 'edge, no_measurable_edge or too_few_cases.' })),
  sort: Type.Optional(
    Type.String({
      description: `${wireSignalSorts.join(', ')}; a - before it for falling. Without it as the snapshot's: by verdict, confidence, symbol, which also decide among equals. Unknown is last.`,
    }),
  ),
  limit: Type.Optional(Type.String({ description: '1–100, default 20.' })),
  cursor: Type.Optional(Type.String({ description: 'next_cursor of the page before.' })),
})

/** Reply of GET /api/signals (ours), ordered as the snapshot's signals or as asked. */
export const SignalsReply = Type.Object(
  {
    signals: Type.Array(named(Signal)),
    total: Type.Integer({ description: 'Signals that pass the filter, on all pages.' }),
    next_cursor: nullableText('Names the next page; null on the last one.'),
    as_of_ist: Type.String(),
    measured,
    disclaimer,
    market: named(MarketMode),
  },
  { $id: 'SignalsReply' },
)
export type SignalsReply = Static<typeof SignalsReply>

/** Reply of GET /api/analysis/{symbol} (ours): a description of the newest complete day, with every part laid open. */
export const AnalysisReply = Type.Object(
  {
    instrument: Type.String(),
    score: nullableNumber('0 bearish to 100 bullish; null when no part is known.'),
    sentiment: Type.Union([Type.Enum(['bullish', 'neutral', 'bearish']), Type.Null()], {
      description: 'bullish from 60, bearish up to 40.',
    }),
    parts: Type.Array(
      Type.Object({
        part: Type.String(),
        group: Type.Enum(['patterns', 'momentum']),
        value: nullableNumber('What was read.'),
        score: nullableNumber('The same on the scale of 0 to 100.'),
        weight: Type.Number({ description: 'Share of the whole while all parts are known.' }),
        meaning: Type.String(),
      }),
    ),
    indicators: Type.Object({
      close: nullableNumber('Adjusted close.'),
      rsi_14: nullableNumber('Relative strength index, Wilder, 0–100.'),
      macd: Type.Union([
        Type.Object({ macd: Type.Number(), signal: Type.Number(), histogram: Type.Number() }),
        Type.Null(),
      ]),
      sma_20: nullableNumber('20-day average.'),
      sma_50: nullableNumber('50-day average.'),
      sma_200: nullableNumber('200-day average.'),
      ema_20: nullableNumber('20-day exponential average.'),
      atr_14: nullableNumber('Average true range, Wilder.'),
      adx_14: nullableNumber('Average directional index, Wilder, 0–100.'),
      bollinger_20: Type.Union([
        Type.Object({ lower: Type.Number(), middle: Type.Number(), upper: Type.Number() }),
        Type.Null(),
      ]),
      stochastic_14: Type.Union([Type.Object({ k: Type.Number(), d: Type.Number() }), Type.Null()]),
      roc_20: nullableNumber('Change over 20 days, per cent.'),
    }),
    signals: Type.Array(named(Signal)),
    candles: Type.Integer({ description: 'Days read.' }),
    as_of: nullableText('Close of the newest day.'),
    measured,
    disclaimer,
    market: named(MarketMode),
  },
  { $id: 'AnalysisReply' },
)
export type AnalysisReply = Static<typeof AnalysisReply>
