import { type Static, Type } from 'typebox'
import { nullableTimestamp } from './account-fields.ts'
import { named } from './named.ts'
import { nullableNumber, nullableText } from './provenance.ts'

export const PortfolioImportQuery = Type.Object({
  preview: Type.Optional(Type.Enum(['true', 'false'], { description: 'true checks the file and writes nothing.' })),
  rejected: Type.Optional(
    Type.Enum(['refuse', 'skip'], {
      description: 'What rejected rows do: refuse the file (default), or stay out while the rest is imported.',
    }),
  ),
  account: Type.Optional(
    Type.String({ description: 'Client ID at the broker, of 1–40 characters; needed where the file does not say it.' }),
  ),
})

/** A row of the file as it was understood. */
export const PortfolioImportRow = Type.Object(
  {
    line: Type.Integer({ minimum: 1 }),
    instrument: nullableText('Null: no list of instruments knows the share.'),
    tradingsymbol: Type.String(),
    isin: nullableText('Null unknown.'),
    side: Type.Union([Type.Enum(['buy', 'sell']), Type.Null()], { description: 'Null for holdings.' }),
    date: nullableText('Of the trade, YYYY-MM-DD; null for holdings.'),
    quantity: Type.Number(),
    price: nullableNumber('Rupees a unit: of a trade, or the average of a holding.'),
    last_price: nullableNumber('Of a holding.'),
    trade_id: nullableText('The exchange’s number of the trade.'),
  },
  { $id: 'PortfolioImportRow' },
)
export type PortfolioImportRow = Static<typeof PortfolioImportRow>

const problem = Type.Object({
  line: Type.Integer({ minimum: 1, description: 'Line of the file the row begins on.' }),
  column: nullableText('As the header spells it; null when the row as a whole is wrong.'),
  reason: Type.String({ description: 'Goes on from the column’s name.' }),
  remedy: Type.String({ description: 'What can be done.' }),
})

const importFigures = {
  format: Type.String({ description: 'As it was recognised, e.g. zerodha_tradebook.' }),
  kind: Type.Enum(['holdings', 'trades']),
  broker: Type.String({ description: 'csv for the generic formats.' }),
  broker_account: Type.String(),
  as_of: nullableTimestamp('Instant of the holdings'),
  rows: Type.Integer({ minimum: 0 }),
  footers: Type.Integer({ minimum: 0, description: 'Lines below the header that are no rows: sums and sentences.' }),
  added: Type.Integer({
    minimum: 0,
    description: 'Holdings in the book, or trades that are new; in a preview what an import would add.',
  }),
  known: Type.Integer({ minimum: 0, description: 'Trades that are there already, or stand in the file twice.' }),
  book: Type.Union([Type.Enum(['new', 'replaced']), Type.Null()], {
    description: 'What becomes of the book; null for trades.',
  }),
  book_before: nullableTimestamp('As of when the book that is replaced is'),
  understood: Type.Array(named(PortfolioImportRow), { description: 'The first 200.' }),
  rejected: Type.Integer({ minimum: 0, description: 'Rows of which something is wrong.' }),
  errors: Type.Array(problem, { description: 'The first 100.' }),
  error_count: Type.Integer({ minimum: 0 }),
  ignored_columns: Type.Array(Type.String()),
}

/** Reply of POST /api/portfolio/import (ours). A file that rejected rows keep out is 400 with the same members. */
export const PortfolioImportReply = Type.Object(
  { preview: Type.Boolean(), ...importFigures },
  { $id: 'PortfolioImportReply' },
)
export type PortfolioImportReply = Static<typeof PortfolioImportReply>
