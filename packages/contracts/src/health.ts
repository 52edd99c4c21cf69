import { type Static, Type } from 'typebox'
import { nullableText } from './provenance.ts'

const counter = Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])

/** Reply of GET /api/health (stocktrendz.md §8), the same with 200 and 503. */
export const Health = Type.Object(
  {
    status: Type.Enum(['ok', 'degraded', 'down']),
    time: Type.String(),
    version: Type.String(),
    uptime_s: Type.Integer({ minimum: 0 }),
    database: Type.Object({ connected: Type.Boolean(), latency_ms: Type.Union([Type.Number(), Type.Null()]) }),
    cache: Type.Object({
      l1: Type.Object({
        hits: Type.Integer(),
        misses: Type.Integer(),
        size: Type.Integer(),
        stampedes_collapsed: Type.Integer(),
      }),
      l2: Type.Object({
        configured: Type.Boolean(),
        connected: Type.Boolean(),
        hits: counter,
        misses: counter,
        size: counter,
        stampedes_collapsed: counter,
      }),
    }),
    warmers: Type.Array(
      Type.Object({
        name: Type.String(),
        last_run: nullableText('Start of the last run.'),
        last_success: nullableText('Start of the last run that succeeded.'),
        duration_ms: Type.Union([Type.Integer(), Type.Null()]),
        next_run: nullableText('Null while another instance leads.'),
        last_error: nullableText('Short, scrubbed.'),
      }),
    ),
    providers: Type.Array(
      Type.Object({
        name: Type.String(),
        state: Type.Enum(['up', 'degraded', 'down', 'disabled']),
        last_success: nullableText('Wall-clock time of the last good answer.'),
        circuit: Type.Enum(['closed', 'open', 'half_open']),
        next_try: nullableText('Wall-clock time from which it is asked again; null unless the circuit is open.'),
        problem: nullableText('What the source says is wrong, for people.'),
      }),
    ),
    feed: Type.Object({ clients: Type.Integer(), ticks_per_second: Type.Number() }),
    market: Type.Object({
      mode: Type.Enum(['live', 'replay']),
      recorded_date: nullableText('The recorded trading date in replay, else null.'),
      calendar_known_to: Type.String({ description: 'Last date the holiday list covers.' }),
      calendar_warning: nullableText('Set when the list ends or is about to end.'),
    }),
  },
  { $id: 'Health' },
)
export type Health = Static<typeof Health>
