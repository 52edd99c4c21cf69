import type {
  AnalysisReply,
  InstrumentPatternsReply,
  MatchesReply,
  PatternsReply,
  SignalsReply,
} from '@banyan/contracts'
import { inventedCandlesReply } from './invented-market.ts'
import { disclaimer, modeOf, recordedDate, type Scene } from './invented-prices.ts'

type Signal = SignalsReply['signals'][number]
type Edge = PatternsReply['patterns'][number]['edges'][number]

const measured = {
  as_of: '2021-06-08T15:30:00+05:30',
  instruments: 12,
  candles: 3_400,
  horizons: [5],
  cost_percent: 0.25,
  prior_weight: 50,
}

function edge(part: Partial<Edge> = {}): Edge {
  return {
    timeframe: '1d',
    direction: 'bullish',
    confidence: 57.2,
    horizon: { bars: 5, timeframe: '1d' },
    n: 412,
    hits: 239,
    base_rate: 51.8,
    prior_weight: 50,
    interval: [53.4, 61],
    verdict: 'edge',
    hit_rate: 58.01,
    mean_return_percent: 0.31,
    q: 0.04,
    ...part,
  }
}
const none = edge({
  confidence: 50.4,
  n: 1_240,
  hits: 618,
  interval: [48.2, 52.7],
  verdict: 'no_measurable_edge',
  q: 1,
})
const few = edge({ confidence: 52.1, n: 9, hits: 5, interval: [44.1, 60.9], verdict: 'too_few_cases', q: null })

function pattern(id: string, name: string, kind: 'candlestick' | 'formation', ...edges: Edge[]) {
  const bars = kind === 'formation' ? null : 1
  return {
    pattern_id: id,
    name,
    kind,
    direction: 'both' as const,
    bars,
    description: `Invented: ${name}.`,
    source: 'Invented',
    edges,
  }
}

const patterns = [
  pattern('double_bottom', 'Double bottom', 'formation', edge()),
  pattern('CDLHAMMER', 'Hammer', 'candlestick', none),
  pattern('bull_flag', 'Bull flag', 'formation', few),
  pattern('CDLDOJI', 'Doji', 'candlestick'),
]

const calibration: PatternsReply['calibration'][number] = {
  timeframe: '1d',
  horizon: { bars: 5, timeframe: '1d' },
  split_at: '2018-02-01T15:30:00+05:30',
  bins: [
    { promised: 46.2, records: 14, n: 1_204, hits: 578, hit_rate: 48.01, interval: [44.1, 51.9], usual: 48.6 },
    { promised: 51.4, records: 9, n: 1_188, hits: 610, hit_rate: 51.35, interval: [47.6, 55.1], usual: 51.2 },
    { promised: 57.8, records: 3, n: 96, hits: 49, hit_rate: 51.04, interval: [45.2, 56.9], usual: 51.2 },
  ],
}

export function inventedCatalogue(scene: Scene): PatternsReply {
  return { patterns, calibration: [calibration], measured, measuring: null, disclaimer, market: modeOf(scene) }
}

const shares = ['TCS', 'INFY', 'M&M', 'ITC', 'SBIN', 'TITAN']

const all: readonly Signal[] = patterns.flatMap(({ pattern_id, name, edges: [own] }) =>
  own === undefined
    ? []
    : shares.map((symbol) => {
        const { hit_rate: _rate, mean_return_percent: _mean, q: _q, ...record } = own
        const detected_at = '2021-06-08T15:30:00+05:30'
        return { symbol, instrument: `NSE:${symbol}`, pattern: name, pattern_id, detected_at, ...record }
      }),
)

/** So many signals of a large market, their figures in no order. */
function manySignals(count: number): Signal[] {
  return Array.from({ length: count }, (_, i) => {
    const model = all[i % all.length]
    if (model === undefined) throw new Error('There is no signal to repeat.')
    const symbol = `SHARE${String((i * 7_919) % count).padStart(4, '0')}`
    return { ...model, symbol, instrument: `NSE:${symbol}`, n: (i * 104_729) % 9_973 }
  })
}

const figures: Readonly<Record<string, (signal: Signal) => string | number>> = {
  symbol: ({ symbol }) => symbol,
  pattern: ({ pattern: name }) => name,
  direction: ({ direction }) => direction,
  detected_at: ({ detected_at }) => detected_at,
  confidence: ({ confidence }) => confidence ?? -1,
  interval_low: ({ interval }) => interval?.[0] ?? -1,
  n: ({ n }) => n,
}

function inOrder(signals: readonly Signal[], sort: string): readonly Signal[] {
  const figure = figures[sort.replace('-', '')]
  if (!figure) return signals
  const way = sort.startsWith('-') ? -1 : 1
  return signals.toSorted((a, b) => way * (figure(a) < figure(b) ? -1 : Number(figure(a) > figure(b))))
}

/** Pages of 10 where there are few, so that there is more than one. */
export function inventedSignals(scene: Scene, asked: URLSearchParams): SignalsReply {
  const fits = (name: string, value: string) => asked.get(name) === null || asked.get(name) === value
  const found = (scene.prices === 'none' ? [] : scene.signals === undefined ? all : manySignals(scene.signals)).filter(
    (signal) =>
      fits('symbol', signal.instrument) &&
      fits('pattern', signal.pattern_id) &&
      fits('direction', signal.direction) &&
      fits('timeframe', signal.timeframe) &&
      fits('verdict', signal.verdict),
  )
  const start = Number(asked.get('cursor') ?? 0)
  const end = start + (scene.signals === undefined ? 10 : Number(asked.get('limit') ?? 20))
  return {
    signals: inOrder(found, asked.get('sort') ?? '').slice(start, end),
    total: found.length,
    next_cursor: end < found.length ? String(end) : null,
    as_of_ist: '2021-06-09T11:42:06.000+05:30',
    measured,
    disclaimer,
    market: modeOf(scene),
  }
}

/** Returns null for an instrument no list knows. */
export function inventedFindings(
  scene: Scene,
  instrument: string,
  interval: InstrumentPatternsReply['interval'],
): InstrumentPatternsReply | null {
  const reply = inventedCandlesReply(scene, { instrument, interval, from: null, adjusted: true })
  if (reply === null) return null
  const point = (role: string, back: number, side: 'low' | 'high') => {
    const candle = reply.candles.at(-back)
    return { role, time: candle?.time ?? recordedDate, price: candle?.[side] ?? 0 }
  }
  const [left, neck, right] = [point('left', 60, 'low'), point('neck', 40, 'high'), point('right', 20, 'low')]
  const empty = reply.candles.length === 0
  return {
    instrument,
    interval,
    candles: reply.candles.length,
    from: reply.candles[0]?.time ?? null,
    as_of: empty ? null : measured.as_of,
    candlesticks: empty ? [] : [5, 30].map((back) => candlestick(point('', back, 'low').time)),
    formations: empty
      ? []
      : [
          {
            pattern_id: 'double_bottom',
            name: 'Double bottom',
            direction: 'bullish',
            state: 'forming',
            quality: 74,
            from: left.time,
            to: right.time,
            detected_at: measured.as_of,
            confirmed_at: null,
            breakout: null,
            measured_move: null,
            opposite_border: null,
            anchors: [left, neck, right],
            lines: [{ role: 'neckline', from: { ...neck, time: left.time }, to: { ...neck, time: right.time } }],
            edge: edge(),
          },
        ],
    measured,
    disclaimer,
    market: modeOf(scene),
  }
}

function candlestick(time: string): InstrumentPatternsReply['candlesticks'][number] {
  const detected_at = measured.as_of
  return {
    pattern_id: 'CDLHAMMER',
    name: 'Hammer',
    direction: 'bullish',
    value: 100,
    from: time,
    time,
    detected_at,
    edge: none,
  }
}

export function inventedMatches(scene: Scene, instrument: string): MatchesReply {
  const spread = (bars: number, n: number, middle: number) => ({
    bars,
    n,
    up_percent: 52,
    mean_percent: middle,
    points: [middle - 6, middle - 2, middle, middle + 2, middle + 6],
  })
  const match = (symbol: string, from: string, to: string, change: number) => ({
    instrument: `NSE:${symbol}`,
    symbol,
    from,
    to,
    distance: 2.5,
    similarity: 0.81,
    followed: [{ bars: 20, change_percent: change }],
  })
  return {
    instrument,
    metric: 'dtw',
    window: 60,
    from: '2021-03-09',
    to: '2021-06-08',
    matches: [match('INFY', '2020-06-01', '2020-08-24', 3.4), match('SBIN', '2019-10-01', '2019-12-24', -2.2)],
    followed: [spread(5, 2, 1.5), spread(20, 2, 0.6)],
    base: [spread(5, 3_300, 0.2), spread(20, 3_200, 0.9)],
    searched: { instruments: 12, closes: 3_400 },
    disclaimer,
    market: modeOf(scene),
  }
}

export function inventedAnalysis(scene: Scene, instrument: string): AnalysisReply {
  const part = {
    part: 'rsi_14',
    group: 'momentum' as const,
    value: 58,
    score: 58,
    weight: 1,
    meaning: 'Its own scale.',
  }
  return {
    instrument,
    score: 58,
    sentiment: 'neutral',
    parts: [part],
    indicators: {
      close: 3_142.2,
      rsi_14: 58,
      macd: { macd: 4, signal: 2.5, histogram: 1.5 },
      sma_20: 3_100.5,
      sma_50: 3_080.1,
      sma_200: null,
      ema_20: 3_110.4,
      atr_14: 48.2,
      adx_14: 17.3,
      bollinger_20: null,
      stochastic_14: null,
      roc_20: 1.2,
    },
    signals: [],
    candles: 420,
    as_of: measured.as_of,
    measured,
    disclaimer,
    market: modeOf(scene),
  }
}
