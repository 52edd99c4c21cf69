import { caseWords, type EdgeRecord, edgeFigures, edgeWords } from '../lib/edge-words.ts'

/** What was measured of a pattern: the verdict, and the figures even where they say nothing. Null: it tells no direction. */
export function EdgeLine({ record }: { readonly record: EdgeRecord | null }) {
  if (record === null) return <span className="text-muted">Tells no direction, so nothing to measure</span>
  const figures = edgeFigures(record)
  if (record.verdict === 'edge')
    return (
      <span>
        <span className="font-semibold">{figures}</span> <span className="text-muted">{caseWords(record)}</span>
      </span>
    )
  return (
    <span className="text-muted">
      <span className="text-ink">{edgeWords(record)}</span>: {figures}, {caseWords(record)}
    </span>
  )
}
