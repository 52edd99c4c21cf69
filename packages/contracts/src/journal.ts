import { type Static, Type } from 'typebox'
import { nullableTimestamp, timestamp } from './account-fields.ts'
import { named } from './named.ts'
import { nullableNumber, nullableText } from './provenance.ts'

export const tradeSides = ['buy', 'sell'] as const

const bounds = 'at most 1,000,000,000 and 4 decimals'
const nullableInteger = (description: string) => Type.Union([Type.Integer(), Type.Null()], { description })

/** What a person writes of one trade (stocktrendz.md §9). */
const written = {
  symbol: Type.String({ description: 'EXCHANGE:SYMBOL; a bare symbol means NSE. Need not be listed.' }),
  side: Type.Enum([...tradeSides]),
  quantity: Type.Number({ description: `Above 0, ${bounds}.` }),
  price: Type.Number({ description: `Rupees, 0 or more, ${bounds}.` }),
  exit_price: nullableNumber(`Rupees, 0 or more, ${bounds}; needs closed_at.`),
  fees: Type.Number({ description: `All charges in rupees, 0 or more, ${bounds}.` }),
  opened_at: timestamp('Entry, at most a day ahead; input with any offset'),
  closed_at: nullableTimestamp('Exit, not before opened_at; input with any offset'),
  notes: Type.String({ description: 'Plain text of at most 10,000 characters.' }),
  tags: Type.Array(Type.String(), {
    description: 'At most 20 of 1–40 characters; trimmed, duplicates of any case merged.',
  }),
  rating: nullableInteger('1–5.'),
}

/** Body of POST /api/journal. */
export const JournalEntryBody = Type.Object({
  symbol: written.symbol,
  side: written.side,
  quantity: written.quantity,
  price: written.price,
  exit_price: Type.Optional(written.exit_price),
  fees: Type.Optional(written.fees),
  opened_at: written.opened_at,
  closed_at: Type.Optional(written.closed_at),
  notes: Type.Optional(written.notes),
  tags: Type.Optional(written.tags),
  rating: Type.Optional(written.rating),
})
export type JournalEntryBody = Static<typeof JournalEntryBody>

/** Body of PATCH /api/journal/{id}: given members only; null clears `closed_at`, `exit_price` or `rating`. */
export const JournalPatchBody = Type.Partial(JournalEntryBody)
export type JournalPatchBody = Static<typeof JournalPatchBody>

export const JournalEntry = Type.Object(
  {
    id: Type.String(),
    ...written,
    pnl: nullableNumber('(exit_price − price) × quantity, reversed for sell, less fees. Null without exit_price.'),
    patterns_at_entry: Type.Union([Type.Array(Type.String()), Type.Null()], {
      description: 'pattern_id of each daily pattern in force when the trade was opened (ours); null when not known.',
    }),
    created_at: timestamp('Creation'),
    updated_at: timestamp('Latest change'),
  },
  { $id: 'JournalEntry' },
)
export type JournalEntry = Static<typeof JournalEntry>

const filter = {
  symbol: Type.Optional(Type.String({ description: 'EXCHANGE:SYMBOL; a bare symbol means NSE.' })),
  tag: Type.Optional(Type.String({ description: 'One tag, any case.' })),
  from: Type.Optional(Type.String({ description: 'First date of opened_at, YYYY-MM-DD in IST.' })),
  to: Type.Optional(Type.String({ description: 'Last date of opened_at, included, YYYY-MM-DD in IST.' })),
}
export const JournalFilterQuery = Type.Object(filter)
export const JournalQuery = Type.Object({
  ...filter,
  limit: Type.Optional(Type.String({ description: '1–200, default 50.' })),
  cursor: Type.Optional(Type.String({ description: '`next_cursor` of the page before.' })),
})

/** Reply of GET /api/journal: newest `opened_at` first, ties by id. */
export const JournalReply = Type.Object(
  { entries: Type.Array(named(JournalEntry)), next_cursor: nullableText('Null on the last page.') },
  { $id: 'JournalReply' },
)
export type JournalReply = Static<typeof JournalReply>

/** Figures over trades whose exit price is known. Money and rates have 2 decimals. */
const figures = {
  trades: Type.Integer({ minimum: 0 }),
  wins: Type.Integer({ minimum: 0, description: 'P&L above 0.' }),
  losses: Type.Integer({ minimum: 0, description: 'P&L below 0.' }),
  win_rate_percent: nullableNumber('Wins per trade; null without trades.'),
  pnl: Type.Number({ description: 'Sum after fees.' }),
  gross_profit: Type.Number({ description: 'Sum of the wins.' }),
  gross_loss: Type.Number({ description: 'Sum of the losses, 0 or more.' }),
  average_win: nullableNumber('Null without wins.'),
  average_loss: nullableNumber('0 or more; null without losses.'),
  expectancy: nullableNumber('Mean P&L of a trade in rupees; null without trades.'),
  profit_factor: nullableNumber('Gross profit over gross loss; null without losses.'),
}
export const JournalFigures = Type.Object(figures, { $id: 'JournalFigures' })
export type JournalFigures = Static<typeof JournalFigures>

/** Reply of GET /api/journal/statistics (ours). */
export const JournalStatisticsReply = Type.Object(
  {
    entries: Type.Integer({ minimum: 0 }),
    open: Type.Integer({ minimum: 0, description: 'Entries without closed_at.' }),
    unpriced: Type.Integer({ minimum: 0, description: 'Closed, exit price not known: in no figure.' }),
    total: named(JournalFigures),
    by_month: Type.Array(
      Type.Object({ month: Type.String({ description: 'YYYY-MM of closed_at, IST.' }), ...figures }),
    ),
    by_tag: Type.Array(Type.Object({ tag: Type.String(), ...figures }), {
      description: 'A trade counts under each of its tags. Most trades first.',
    }),
    by_pattern: Type.Array(Type.Object({ pattern_id: Type.String(), ...figures }), {
      description: 'A trade counts under each pattern in force at its entry. Most trades first.',
    }),
    without_pattern: named(JournalFigures),
    patterns_unknown: named(JournalFigures),
  },
  { $id: 'JournalStatisticsReply' },
)
export type JournalStatisticsReply = Static<typeof JournalStatisticsReply>

export const JournalImportQuery = Type.Object({
  preview: Type.Optional(Type.Enum(['true', 'false'], { description: 'true checks the file and writes nothing.' })),
})

const csvProblem = Type.Object({
  line: Type.Integer({ minimum: 1, description: 'Line of the file the row begins on; the header is on line 1.' }),
  column: nullableText('Null when the row as a whole is wrong.'),
  reason: Type.String(),
})
export type JournalCsvProblem = Static<typeof csvProblem>

const importCounts = {
  rows: Type.Integer({ minimum: 0 }),
  added: Type.Integer({ minimum: 0, description: 'In a preview: what an import would add.' }),
  known: Type.Integer({ minimum: 0, description: 'Rows whose entry the journal has already: left as it is.' }),
  errors: Type.Array(csvProblem, { description: 'The first 100.' }),
  error_count: Type.Integer({ minimum: 0 }),
  ignored_columns: Type.Array(Type.String()),
}

/** Reply of POST /api/journal/import (ours). With errors nothing is added: an import is then 400 with the same members. */
export const JournalImportReply = Type.Object(
  { preview: Type.Boolean(), ...importCounts },
  { $id: 'JournalImportReply' },
)
export type JournalImportReply = Static<typeof JournalImportReply>

/** One trade of a synced broker account that may become an entry. What the broker does not tell is null. */
export const JournalDraft = Type.Object(
  {
    id: Type.String(),
    date: Type.String({ description: 'Trading date, YYYY-MM-DD.' }),
    broker: Type.String(),
    broker_account: Type.String(),
    product: nullableText("In the broker's words."),
    symbol: written.symbol,
    side: Type.Union([Type.Enum([...tradeSides]), Type.Null()], {
      description: 'Null when the day ended where it began.',
    }),
    quantity: nullableNumber('Units; null when the day ended where it began.'),
    price: nullableNumber('Average of the day, 4 decimals.'),
    realised: nullableNumber('P&L of the day as the broker says.'),
  },
  { $id: 'JournalDraft' },
)
export type JournalDraft = Static<typeof JournalDraft>

/** Reply of GET /api/journal/drafts (ours): newest date first. */
export const JournalDraftsReply = Type.Object(
  { drafts: Type.Array(named(JournalDraft)) },
  { $id: 'JournalDraftsReply' },
)
export type JournalDraftsReply = Static<typeof JournalDraftsReply>

/** Reply of POST /api/journal/drafts/{id}/dismiss (ours). */
export const DismissedReply = Type.Object({ dismissed: Type.Literal(true) }, { $id: 'DismissedReply' })
export type DismissedReply = Static<typeof DismissedReply>
