import { formatRupees } from '../lib/numbers.ts'
import { ProvenanceCard } from './provenance-card.tsx'
import { Tooltip } from './tooltip.tsx'

interface PriceProps {
  readonly title: string
  readonly value: number | null
  readonly provenance: {
    readonly source: string | null
    readonly as_of: string | null
    readonly age_ms: number | null
    readonly delay: string | null
  }
  /** Epoch milliseconds of the answer that carried it. */
  readonly answeredAt: number
}

/** A price whose source and age are one hover or one focus away. */
export function Price({ title, value, provenance, answeredAt }: PriceProps) {
  return (
    <Tooltip content={<ProvenanceCard title={title} price={provenance} answeredAt={answeredAt} />}>
      <button
        type="button"
        aria-label={value === null ? `${title}: no price` : `${title}: ${formatRupees(value)}, source and age`}
        className="whitespace-nowrap rounded underline decoration-line decoration-dotted underline-offset-4"
      >
        {formatRupees(value)}
      </button>
    </Tooltip>
  )
}
