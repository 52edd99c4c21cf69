import { type Static, Type } from 'typebox'
import { named } from './named.ts'
import { MarketMode } from './provenance.ts'
import { Quote } from './quotes.ts'

/** Body of POST /api/stream (ours). */
export const StreamBody = Type.Object({
  symbols: Type.Array(Type.String(), {
    minItems: 1,
    maxItems: 500,
    description: 'Instrument IDs; a bare symbol means NSE. At most 500, without a credential 50.',
  }),
})
export type StreamBody = Static<typeof StreamBody>

/** Reply of POST /api/stream: opens GET /api/stream?id= once. */
export const StreamReply = Type.Object(
  {
    id: Type.String(),
    expires_in: Type.Integer({ description: 'Seconds the id may wait to be used.' }),
    missing: Type.Array(Type.String(), { description: 'IDs no exchange list knows; they are not streamed.' }),
  },
  { $id: 'StreamReply' },
)
export type StreamReply = Static<typeof StreamReply>

export const StreamQuery = Type.Object({ id: Type.String({ description: 'From POST /api/stream.' }) })

/** `data` of the event `quotes`: all instruments at first, then those that changed. Ages are as of the sending. */
export const StreamQuotes = Type.Object(
  { quotes: Type.Record(Type.String(), named(Quote)), as_of_ist: Type.String() },
  { $id: 'StreamQuotes' },
)
export type StreamQuotes = Static<typeof StreamQuotes>

/** `data` of the event `beat`, every 5 s: the stream lives, whether prices change or not. */
export const StreamBeat = Type.Object(
  { as_of_ist: Type.String(), is_open: Type.Boolean(), market: named(MarketMode) },
  { $id: 'StreamBeat' },
)
export type StreamBeat = Static<typeof StreamBeat>

/** `data` of the event `end`, the last one: why the server ends the stream. */
export const StreamEnd = Type.Object(
  { code: Type.Union([Type.Literal('session_revoked'), Type.Literal('unavailable')]) },
  { $id: 'StreamEnd' },
)
export type StreamEnd = Static<typeof StreamEnd>
