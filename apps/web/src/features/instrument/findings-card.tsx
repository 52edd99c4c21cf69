import type { InstrumentPatternsReply } from '@banyan/client'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { Waiting } from '../../components/waiting.tsx'
import { readableInstant } from '../../lib/ist.ts'
import { moveBetweenRows } from '../../lib/row-keys.ts'
import type { View } from '../../lib/view.ts'
import { FindingRow } from './finding-row.tsx'
import type { Finding } from './findings.ts'
import { patternInterval, useDrawing, useFindings } from './use-drawing.ts'

interface FindingsCardProps {
  readonly view: View
  readonly onDaily: () => void
}

/** What was found in the newest bars, ranked, with how well shaped it is and what was measured of it. */
export function FindingsCard({ view, onDaily }: FindingsCardProps) {
  const { query, findings } = useFindings(view)
  return (
    <Section id="patterns" title="Patterns">
      {patternInterval(view) === null ? (
        <Notice
          kind="empty"
          title="Not searched on these candles"
          action={{ label: 'Show daily candles', run: onDaily }}
        >
          Patterns are searched on candles of 15 minutes, an hour, a day and a week.
        </Notice>
      ) : query.data ? (
        <Found reply={query.data} findings={findings} adjusted={view.adjusted} />
      ) : (
        <Waiting
          label="Patterns are loading"
          rows={10}
          failure="No patterns"
          problem={query.error ?? query.failureReason}
        />
      )}
    </Section>
  )
}

const kinds = [
  { value: 'all', label: 'All', name: 'Formations and candlesticks' },
  { value: 'formation', label: 'Formations', name: 'Formations only' },
  { value: 'candlestick', label: 'Candlesticks', name: 'Candlesticks only' },
] as const
type Kind = (typeof kinds)[number]['value']

const atFirst = 9

interface FoundProps {
  readonly reply: InstrumentPatternsReply
  readonly findings: readonly Finding[]
  readonly adjusted: boolean
}

function Found({ reply, findings, adjusted }: FoundProps) {
  const { shown, toggleFinding, showOnly } = useDrawing(findings)
  const [kind, setKind] = useState<Kind>('all')
  const [all, setAll] = useState(false)
  const listed = findings.filter((finding) => kind === 'all' || finding.kind === kind)
  if (findings.length === 0)
    return (
      <Notice kind="empty" title="Nothing found">
        None of the patterns the server knows lies in the newest candles.
      </Notice>
    )
  return (
    <>
      <div className="mb-1 flex flex-wrap items-center justify-between gap-2">
        <Choice label="Kind of pattern" options={kinds} value={kind} onChange={setKind} />
        <Button onClick={() => showOnly([])}>Draw none</Button>
      </div>
      {adjusted ? null : (
        <p role="status" className="mb-1 text-xs font-medium text-warn">
          Not drawn: patterns are found in adjusted prices, and the chart shows raw ones.
        </p>
      )}
      <ul onKeyDown={moveBetweenRows} aria-label="Patterns found" className="-mx-1.5">
        {(all ? listed : listed.slice(0, atFirst)).map((finding) => (
          <FindingRow
            key={finding.key}
            finding={finding}
            drawn={shown.includes(finding.key)}
            onToggle={() => toggleFinding(finding.key)}
          />
        ))}
      </ul>
      {listed.length <= atFirst ? null : (
        <Button className="mt-1 w-full" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${listed.length}`}
        </Button>
      )}
      <p className="mt-2 text-xs text-muted">{measuredWords(reply)}</p>
    </>
  )
}

function measuredWords({ measured, as_of }: InstrumentPatternsReply): string {
  const until = as_of === null ? '' : `Candles to ${readableInstant(as_of)}. `
  if (measured === null) return `${until}The records of the patterns are still being measured.`
  return `${until}Records: ${measured.instruments} instruments to ${readableInstant(measured.as_of)}, shrunk to the usual rate. Quality says how well the shape fits, not how likely it is to succeed.`
}
