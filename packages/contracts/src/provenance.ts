import { delayClasses } from '@banyan/domain'
import { type Static, Type } from 'typebox'

/** A value that may be unknown: unknown is null, never 0. */
export const nullableNumber = (description: string) => Type.Union([Type.Number(), Type.Null()], { description })
export const nullableText = (description: string) => Type.Union([Type.String(), Type.Null()], { description })

/** The four fields beside every price (stocktrendz.md §2.3); all null when the price is. */
export const provenance = {
  source: nullableText('Provider id as listed by /api/health.'),
  as_of: nullableText('Exchange time of the price, ISO 8601 with +05:30.'),
  age_ms: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
    description: 'Age of the price at the time of this answer, on the market clock.',
  }),
  delay: Type.Union([Type.Enum([...delayClasses]), Type.Null()], {
    description: 'Delay class; a total has the worst class of its parts.',
  }),
}

/** Which market this instance shows; every market reply carries it. */
export const MarketMode = Type.Object(
  {
    mode: Type.Enum(['live', 'replay']),
    recorded_date: nullableText('The recorded trading date in replay, else null.'),
  },
  { $id: 'MarketMode' },
)
export type MarketMode = Static<typeof MarketMode>
