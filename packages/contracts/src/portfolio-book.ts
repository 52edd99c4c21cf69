import { type Static, Type } from 'typebox'
import { timestamp } from './account-fields.ts'
import { named } from './named.ts'
import { MarketMode, nullableNumber, nullableText, provenance } from './provenance.ts'

/** Sums in rupees with 2 decimals. They are exactly the sums of the rows shown; what is not known is counted, not guessed. */
const sums = {
  invested: nullableNumber('What owned rows with a price cost.'),
  current_value: nullableNumber('What owned rows are worth.'),
  pnl: nullableNumber('Profit and loss of all rows.'),
  pnl_percent: nullableNumber('Of what was invested; null where something is not known.'),
  day_change: nullableNumber('Since the close before.'),
  unpriced_count: Type.Integer({ description: 'Rows without a price: in no sum.' }),
  unknown_cost_count: Type.Integer({ description: 'Owned rows whose cost the broker does not tell.' }),
  delay: nullableText('Worst delay class of the prices in the sums.'),
}

/** One line at one broker. */
export const BookRow = Type.Object(
  {
    kind: Type.Enum(['holding', 'position']),
    broker: Type.String(),
    broker_account: Type.String(),
    instrument: nullableText('Null: the broker’s code could not be turned into a symbol.'),
    tradingsymbol: Type.String(),
    product: nullableText('As the broker writes it.'),
    quantity: Type.Number({ description: 'Below 0: sold. After corporate actions the broker does not know of yet.' }),
    average_price: nullableNumber('Rupees a unit.'),
    last_price: nullableNumber('Rupees.'),
    prev_close: nullableNumber('Close before.'),
    price_from: Type.Union([Type.Literal('market'), Type.Literal('broker'), Type.Null()], {
      description: 'broker: no source has a newer price than the last sync brought.',
    }),
    owned: Type.Boolean({ description: 'False: traded only, as derivatives and intraday trades.' }),
    invested: nullableNumber('Rupees.'),
    current_value: nullableNumber('Rupees.'),
    pnl: nullableNumber('Rupees.'),
    day_change: nullableNumber('Rupees, of all units.'),
    suspect: Type.Boolean({ description: 'The price made a step that no known corporate action explains.' }),
    adjusted_for: Type.Array(Type.Object({ ex_date: Type.String(), factor: Type.Number(), kind: Type.String() }), {
      description: 'Corporate actions since the last sync, applied to quantity and average.',
    }),
    ...provenance,
  },
  { $id: 'BookRow' },
)
export type BookRow = Static<typeof BookRow>

/** One instrument over all brokers. */
export const BookGroup = Type.Object(
  {
    key: Type.String({ description: 'ISIN, or the instrument where none is known.' }),
    isin: nullableText('Null unknown.'),
    instrument: nullableText('Where it trades, NSE first.'),
    symbol: Type.String(),
    name: nullableText('As the exchange writes it.'),
    sector: nullableText('Null unknown.'),
    quantity: Type.Number({ description: 'Units owned, sales of today taken off.' }),
    ...sums,
    rows: Type.Array(named(BookRow)),
  },
  { $id: 'BookGroup' },
)
export type BookGroup = Static<typeof BookGroup>

/** One account at one broker. */
export const BookOfBroker = Type.Object(
  {
    broker: Type.String(),
    broker_account: Type.String(),
    synced_at: timestamp('Last sync'),
    stale: Type.Boolean({ description: 'The sync is older than the trading day.' }),
    row_count: Type.Integer(),
    ...sums,
  },
  { $id: 'BookOfBroker' },
)
export type BookOfBroker = Static<typeof BookOfBroker>

/** Reply of GET /api/portfolio/book (ours): everything at every broker, priced now. */
export const BookReply = Type.Object(
  {
    totals: Type.Object(sums),
    groups: Type.Array(named(BookGroup), { description: 'Most value first.' }),
    brokers: Type.Array(named(BookOfBroker)),
    as_of_ist: Type.String(),
    market: named(MarketMode),
  },
  { $id: 'BookReply' },
)
export type BookReply = Static<typeof BookReply>

/** Trades of a share at one account that do not come to what is held there. */
export const UnexplainedShare = Type.Object(
  {
    broker: Type.String(),
    broker_account: Type.String(),
    tradingsymbol: Type.String(),
    held: Type.Number({ description: 'Units.' }),
    traded: Type.Number({ description: 'Units the imported trades come to, splits and bonuses applied.' }),
  },
  { $id: 'UnexplainedShare' },
)
export type UnexplainedShare = Static<typeof UnexplainedShare>

const whyUnknown = Type.Union(
  [Type.Enum(['no_trades', 'trades_unknown', 'value_unknown', 'too_short', 'no_answer', 'after_replay']), Type.Null()],
  {
    description:
      'Null when it is told. no_trades: none were imported; trades_unknown: they do not come to what is held (see unexplained); value_unknown: a price is missing; too_short: all happened today; no_answer: no rate fits, or several do; after_replay: trades are later than the recorded day.',
  },
)

/** Reply of GET /api/portfolio/returns (ours): what the money came to, from imported trades. Charges and dividends are not in it. */
export const ReturnsReply = Type.Object(
  {
    since: nullableText('Date of the first trade, YYYY-MM-DD.'),
    money_weighted_percent: nullableNumber('Yearly rate at which payments grew into today’s value (XIRR).'),
    money_weighted_unknown: whyUnknown,
    time_weighted_percent: nullableNumber('Growth of one rupee that stayed since the first trade, not yearly (TWR).'),
    time_weighted_unknown: whyUnknown,
    unexplained: Type.Array(named(UnexplainedShare)),
    as_of_ist: Type.String(),
    market: named(MarketMode),
  },
  { $id: 'ReturnsReply' },
)
export type ReturnsReply = Static<typeof ReturnsReply>
