import { type Static, Type } from 'typebox'
import { nullableTimestamp, timestamp } from './account-fields.ts'
import { named } from './named.ts'
import { nullableNumber, provenance } from './provenance.ts'

const credential = (description: string) => Type.String({ description: `${description} 1–512 printable characters.` })
const app = {
  api_key: credential('Key of the person’s own app at the broker.'),
  api_secret: credential('Secret belonging to that key.'),
}

/** Body of POST /api/portfolio/sync (stocktrendz.md §6.1). */
export const ZerodhaSyncBody = Type.Object({ ...app, request_token: credential('From Zerodha’s redirect; good once.') })
export type ZerodhaSyncBody = Static<typeof ZerodhaSyncBody>

/** Body of POST /api/portfolio/icici-sync (stocktrendz.md §6.2). */
export const IciciSyncBody = Type.Object({ ...app, api_session: credential('From ICICI’s redirect; good once.') })
export type IciciSyncBody = Static<typeof IciciSyncBody>

const synced = {
  broker: Type.String(),
  synced_at: timestamp('The sync'),
  snapshot_date: Type.String({ description: 'Trading day of the P&L snapshot it wrote.' }),
  warnings: Type.Array(Type.String(), { description: 'What is to be known of the broker’s answer.' }),
}

export const ZerodhaSyncReply = Type.Object(
  {
    holdings_count: Type.Integer(),
    net_positions_count: Type.Integer(),
    day_positions_count: Type.Integer(),
    ...synced,
  },
  { $id: 'ZerodhaSyncReply' },
)
export type ZerodhaSyncReply = Static<typeof ZerodhaSyncReply>

export const IciciSyncReply = Type.Object(
  { holdings_count: Type.Integer(), positions_count: Type.Integer(), ...synced },
  { $id: 'IciciSyncReply' },
)
export type IciciSyncReply = Static<typeof IciciSyncReply>

const nullableText = Type.Union([Type.String(), Type.Null()])

const row = {
  broker: Type.String(),
  broker_account: Type.String(),
  instrument: Type.String(),
  tradingsymbol: Type.String(),
  exchange: Type.String(),
}

/** One holding as the broker gave it (stocktrendz.md §6.3). */
export const Holding = Type.Object(
  {
    ...row,
    isin: nullableText,
    mapped: Type.Boolean({ description: 'False: the symbol is the broker’s own code.' }),
    product: Type.Union([Type.String(), Type.Null()], { description: 'MTF: bought on margin funding.' }),
    quantity: Type.Number({ description: 'With those still to be delivered.' }),
    t1_quantity: nullableNumber('Of these, not yet delivered.'),
    average_price: nullableNumber('Rupees a unit.'),
    last_price: nullableNumber('Rupees.'),
    close_price: nullableNumber('Close before.'),
    invested: nullableNumber('Quantity × average.'),
    current_value: nullableNumber('Quantity × last.'),
    pnl: nullableNumber('The difference.'),
    pnl_percent: nullableNumber('Of what was invested.'),
    day_change: nullableNumber('A unit, against the close before.'),
    day_change_percent: nullableNumber('Per cent.'),
    ...provenance,
  },
  { $id: 'Holding' },
)
export type Holding = Static<typeof Holding>

export const HoldingsReply = Type.Object(
  {
    holdings: Type.Array(named(Holding)),
    summary: Type.Object({
      invested: nullableNumber('Over priced rows.'),
      current_value: nullableNumber('Over priced rows.'),
      total_pnl: nullableNumber('Over priced rows.'),
      total_pnl_percent: nullableNumber('Of what was invested.'),
      day_pnl: nullableNumber('Over priced rows.'),
      unpriced_count: Type.Integer(),
    }),
    brokers: Type.Array(
      Type.Object({ broker: Type.String(), synced_at: timestamp('Last sync'), holdings_count: Type.Integer() }),
    ),
    synced_at: nullableTimestamp('Last sync'),
  },
  { $id: 'HoldingsReply' },
)
export type HoldingsReply = Static<typeof HoldingsReply>

/** One open position as the broker gave it (stocktrendz.md §6.4). */
export const Position = Type.Object(
  {
    type: Type.Enum(['net', 'day']),
    ...row,
    product: nullableText,
    quantity: Type.Number({ description: 'Below 0: sold short.' }),
    overnight_quantity: nullableNumber('Of these, from the days before.'),
    multiplier: Type.Number(),
    average_price: nullableNumber('Rupees.'),
    last_price: nullableNumber('Rupees.'),
    close_price: nullableNumber('Close before.'),
    pnl: nullableNumber('Rupees.'),
    m2m: nullableNumber('Of today.'),
    unrealised: nullableNumber('Of what is open.'),
    realised: nullableNumber('Of what was closed.'),
    ...provenance,
  },
  { $id: 'Position' },
)
export type Position = Static<typeof Position>

export const PositionsQuery = Type.Object({ type: Type.Optional(Type.Enum(['net', 'day'])) })

export const PositionsReply = Type.Object(
  { positions: Type.Array(named(Position)), synced_at: nullableTimestamp('Last sync') },
  { $id: 'PositionsReply' },
)
export type PositionsReply = Static<typeof PositionsReply>

const figures = {
  invested: nullableNumber('Of holdings.'),
  current_value: nullableNumber('Of holdings.'),
  holdings_pnl: nullableNumber('Rupees.'),
  positions_pnl: nullableNumber('Of net rows, those closed included.'),
  total_pnl: nullableNumber('Holdings and positions.'),
  day_pnl: nullableNumber('Of the day.'),
  unpriced_count: Type.Integer(),
}

export const PnlQuery = Type.Object({
  days: Type.Optional(
    Type.String({ description: 'Calendar days ending today, from 1; above 365 is 365. Default 30.' }),
  ),
})

/** Reply of GET /api/portfolio/pnl (stocktrendz.md §6.5). */
export const PnlReply = Type.Object(
  {
    days: Type.Integer(),
    from: Type.String(),
    to: Type.String(),
    ...figures,
    synced_at: nullableTimestamp('Last sync'),
    trend: Type.Array(Type.Object({ date: Type.String(), ...figures, stale_brokers: Type.Array(Type.String()) })),
  },
  { $id: 'PnlReply' },
)
export type PnlReply = Static<typeof PnlReply>

/** Reply of DELETE /api/portfolio (stocktrendz.md §6.6). */
export const PortfolioDeletedReply = Type.Object(
  {
    deleted: Type.Object({
      holdings: Type.Integer(),
      positions: Type.Integer(),
      pnl_snapshots: Type.Integer(),
      trades: Type.Integer({ description: 'Of imported tradebooks (ours).' }),
    }),
  },
  { $id: 'PortfolioDeletedReply' },
)
export type PortfolioDeletedReply = Static<typeof PortfolioDeletedReply>
