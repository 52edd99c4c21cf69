import { exchanges, instrumentKinds } from '@banyan/domain'
import { type Static, Type } from 'typebox'
import { named } from './named.ts'
import { nullableText } from './provenance.ts'

export const Instrument = Type.Object(
  {
    instrument: Type.String({ description: 'Canonical EXCHANGE:SYMBOL.' }),
    symbol: Type.String(),
    exchange: Type.Enum([...exchanges]),
    name: nullableText('Full name.'),
    isin: nullableText('ISIN.'),
    kind: Type.Enum([...instrumentKinds]),
    series: nullableText('NSE series or BSE group.'),
    sector: nullableText('Industry, or the label of a sector index.'),
    lot_size: Type.Union([Type.Integer(), Type.Null()]),
    tick_size: nullableText('Smallest price step in rupees, a decimal string.'),
  },
  { $id: 'Instrument' },
)
export type Instrument = Static<typeof Instrument>

export const InstrumentsQuery = Type.Object({
  q: Type.String({ description: 'Symbol prefix or part, words of the name, or an ISIN; 1–100 characters.' }),
  limit: Type.Optional(Type.String({ description: '1–50, default 20.' })),
})

export const InstrumentsReply = Type.Object(
  { instruments: Type.Array(named(Instrument)), total: Type.Integer({ description: 'Matches before the limit.' }) },
  { $id: 'InstrumentsReply' },
)
export type InstrumentsReply = Static<typeof InstrumentsReply>
