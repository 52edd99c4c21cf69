import { candleIntervals } from '@banyan/domain'
import { type Static, Type } from 'typebox'
import { named } from './named.ts'
import { MarketMode, nullableText, provenance } from './provenance.ts'

const Candle = Type.Object({
  time: Type.String({
    description: 'YYYY-MM-DD for day, week (its Monday) and month (its first day); bar start with +05:30 for minutes.',
  }),
  open: Type.Number(),
  high: Type.Number(),
  low: Type.Number(),
  close: Type.Number(),
  volume: Type.Number(),
})

export const CandlesParams = Type.Object({
  instrument: Type.String({
    description: 'EXCHANGE:SYMBOL or a bare NSE symbol, at most 100 characters; & travels as %26.',
  }),
})

export const CandlesQuery = Type.Object({
  interval: Type.Optional(Type.String({ description: `${candleIntervals.join(', ')}; default day.` })),
  from: Type.Optional(Type.String({ description: 'Start, included: YYYY-MM-DD or a timestamp with offset.' })),
  to: Type.Optional(
    Type.String({ description: 'End: a date is included whole, a timestamp is excluded; default the market clock.' }),
  ),
  adjusted: Type.Optional(
    Type.String({
      description: 'true (default): corporate-action factors applied; false: prices as the source recorded them.',
    }),
  ),
})

/** Reply of GET /api/candles/{instrument} (ours): the newest 5,000 complete bars of the range, oldest first. */
export const CandlesReply = Type.Object(
  {
    instrument: Type.String(),
    interval: Type.Enum([...candleIntervals]),
    adjusted: Type.Boolean(),
    candles: Type.Array(Candle),
    truncated: Type.Boolean({ description: 'True when older bars of the range were left out.' }),
    adjustments: Type.Array(
      Type.Object({ ex_date: Type.String(), factor: Type.Number(), kind: Type.String(), source: Type.String() }),
      { description: 'Factors known for this instrument and source; applied when adjusted is true.' },
    ),
    unexplained_jumps: Type.Array(
      Type.Object({
        time: Type.String(),
        previous_close: Type.Number(),
        close: Type.Number(),
        change_percent: Type.Number(),
      }),
      { description: 'Steps over 40 % that no known factor explains; shown, never repaired by guessing.' },
    ),
    source_note: nullableText('What the source says about its price basis.'),
    ...provenance,
    market: named(MarketMode),
  },
  { $id: 'CandlesReply' },
)
export type CandlesReply = Static<typeof CandlesReply>
