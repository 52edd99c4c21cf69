import { type Static, Type } from 'typebox'
import { Signal } from './analysis.ts'
import { named } from './named.ts'
import { nullableNumber, nullableText, provenance } from './provenance.ts'

const SnapshotIndex = Type.Object({
  instrument: Type.String(),
  last_price: nullableNumber('Last value.'),
  prev_close: nullableNumber('Close of the previous session.'),
  change_percent: nullableNumber('Per cent against the previous close, 2 decimals.'),
  ...provenance,
})

/** Reply of GET /api/index/snapshot (stocktrendz.md §5.1). */
export const Snapshot = Type.Object(
  {
    nifty_price: nullableNumber('NIFTY 50, last.'),
    nifty_change: nullableNumber('NIFTY 50, per cent.'),
    banknifty_price: nullableNumber('NIFTY BANK, last.'),
    banknifty_change: nullableNumber('NIFTY BANK, per cent.'),
    sensex_price: nullableNumber('BSE SENSEX, last.'),
    sensex_change: nullableNumber('BSE SENSEX, per cent.'),
    indices: Type.Object({ nifty: SnapshotIndex, banknifty: SnapshotIndex, sensex: SnapshotIndex }),
    signals: Type.Array(named(Signal), { maxItems: 10 }),
    sectors: Type.Array(
      Type.Object({
        name: Type.String(),
        instrument: Type.String(),
        change: nullableNumber('Per cent, 2 decimals.'),
        ...provenance,
      }),
    ),
    market: Type.Object({
      is_open: Type.Boolean(),
      as_of_ist: nullableText('Newest as_of among the three indices.'),
      state: Type.Enum(['pre_open', 'open', 'closing_auction', 'post_close', 'closed']),
      next_open_ist: nullableText('Wall-clock instant of the next continuous session.'),
      holiday: nullableText("Today's holiday."),
      mode: Type.Enum(['live', 'replay']),
      recorded_date: nullableText('The recorded trading date in replay, else null.'),
      calendar_warning: nullableText('Set when the holiday list ends or is about to end.'),
    }),
    disclaimer: Type.String(),
  },
  { $id: 'Snapshot' },
)
export type Snapshot = Static<typeof Snapshot>
