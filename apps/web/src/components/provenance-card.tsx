import { readableAge, readableInstant } from '../lib/ist.ts'
import { useAge } from '../lib/use-age.ts'

/** The four fields beside a price, as the API names them. */
interface Provenance {
  readonly source: string | null
  readonly as_of: string | null
  readonly age_ms: number | null
  readonly delay: string | null
}

const meanings: Record<string, string> = {
  live: 'Live: streamed by the exchange source',
  snapshot: 'Snapshot: at most a minute old',
  close: 'Close: the segment is shut',
  delayed: 'Delayed: the source lags, or the price is old',
  replay: 'Replay: a recorded price, not today’s market',
}

/** Where a price comes from, when it was made and what may be expected of it. */
export function ProvenanceCard({ title, price, answeredAt }: ProvenanceCardProps) {
  const age = useAge(price.age_ms, answeredAt)
  if (price.source === null) return <p>{title}: no source has a price.</p>
  return (
    <dl data-provenance="" className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
      <dt className="col-span-2 font-semibold">{title}</dt>
      <Fact name="Source" value={price.source} />
      <Fact name="As of" value={readableInstant(price.as_of)} />
      <Fact name="Age" value={readableAge(age)} />
      <Fact name="Kind" value={price.delay === null ? null : (meanings[price.delay] ?? price.delay)} />
    </dl>
  )
}

interface ProvenanceCardProps {
  readonly title: string
  readonly price: Provenance
  /** Epoch milliseconds of the answer that carried the price. */
  readonly answeredAt: number
}

function Fact({ name, value }: { readonly name: string; readonly value: string | null }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd>{value ?? 'not known'}</dd>
    </>
  )
}
