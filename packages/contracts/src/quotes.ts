import { type Static, Type } from 'typebox'
import { named } from './named.ts'
import { MarketMode, nullableNumber, nullableText, provenance } from './provenance.ts'

/** One priced instrument of GET /api/quotes (stocktrendz.md §5.2). */
export const Quote = Type.Object(
  {
    last_price: nullableNumber('Last traded price in rupees; the official close once it is out.'),
    prev_close: nullableNumber('Close of the previous session.'),
    change: nullableNumber('Rupees against the previous close, 2 decimals.'),
    change_percent: nullableNumber('Per cent against the previous close, 2 decimals.'),
    currency: Type.Literal('INR'),
    ...provenance,
    fallback_reason: nullableText('Why the price is not of the first source, for people; null when it is.'),
  },
  { $id: 'Quote' },
)
export type Quote = Static<typeof Quote>

export const QuotesQuery = Type.Object({
  symbols: Type.String({
    description: 'Instrument IDs with commas between them, 1–50 after blank items are dropped and duplicates merged.',
  }),
})

export const QuotesReply = Type.Object(
  {
    quotes: Type.Record(Type.String(), named(Quote)),
    missing: Type.Array(Type.String()),
    as_of_ist: Type.String(),
    market: named(MarketMode),
  },
  { $id: 'QuotesReply' },
)
export type QuotesReply = Static<typeof QuotesReply>

const Mover = Type.Object({
  instrument: Type.String(),
  name: Type.Union([Type.String(), Type.Null()]),
  sector: Type.Union([Type.String(), Type.Null()]),
  last_price: Type.Number(),
  prev_close: Type.Number(),
  change: Type.Number(),
  change_percent: Type.Number(),
  source: Type.String(),
  as_of: Type.String(),
  age_ms: Type.Integer({ minimum: 0 }),
  delay: Type.String(),
})
export type Mover = Static<typeof Mover>

export const MoversQuery = Type.Object({ limit: Type.Optional(Type.String({ description: '1–50, default 10.' })) })

/** Reply of GET /api/movers (ours): shares with the largest rise and fall against their previous close. */
export const MoversReply = Type.Object(
  {
    gainers: Type.Array(Mover),
    losers: Type.Array(Mover),
    priced_count: Type.Integer(),
    as_of_ist: Type.String(),
    market: named(MarketMode),
  },
  { $id: 'MoversReply' },
)
export type MoversReply = Static<typeof MoversReply>

const MarketMapShare = Type.Object({
  ...Mover.properties,
  volume: Type.Number({ exclusiveMinimum: 0, description: 'Units traded in the session so far.' }),
  traded_value: Type.Number({ exclusiveMinimum: 0, description: '`volume` × `last_price`, rupees, 2 decimals.' }),
})
export type MarketMapShare = Static<typeof MarketMapShare>

export const MarketMapQuery = Type.Object({ limit: Type.Optional(Type.String({ description: '1–500, default 200.' })) })

/** Reply of GET /api/market-map (ours): the shares that were traded most, for a map whose areas are traded value and whose colours are moves. */
export const MarketMapReply = Type.Object(
  {
    shares: Type.Array(MarketMapShare, { maxItems: 500, description: 'Largest traded value first.' }),
    traded_count: Type.Integer({ description: 'Shares traded in the newest session, listed or not.' }),
    without_volume_count: Type.Integer({
      description: 'Shares with a price, but without a volume: none traded, or the source does not tell.',
    }),
    as_of_ist: Type.String(),
    market: named(MarketMode),
  },
  { $id: 'MarketMapReply' },
)
export type MarketMapReply = Static<typeof MarketMapReply>
