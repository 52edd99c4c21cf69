import { DirectionMark } from '../../components/direction-mark.tsx'
import { EdgeLine } from '../../components/edge-line.tsx'
import { readableDate, readableMinute } from '../../lib/ist.ts'
import { type Finding, qualityOf } from './findings.ts'

const states = {
  forming: 'forming',
  confirmed: 'broke out',
  target: 'reached its measured move',
  failed: 'failed',
  expired: 'expired',
} as const

interface FindingRowProps {
  readonly finding: Finding
  readonly drawn: boolean
  readonly onToggle: () => void
}

/** One pattern that was found: how often, how well shaped, and what was measured of it. Choosing it draws it on the chart. */
export function FindingRow({ finding, drawn, onToggle }: FindingRowProps) {
  const { name, direction, cases, edge } = finding
  const quality = qualityOf(finding)
  return (
    <li>
      <button
        type="button"
        aria-pressed={drawn}
        onClick={onToggle}
        data-row-key=""
        data-finding={finding.key}
        className="grid w-full grid-cols-[1.25rem_minmax(0,1fr)_auto] gap-x-1.5 rounded-md px-1.5 py-1.5 text-left hover:bg-raised aria-pressed:bg-raised"
      >
        <DirectionMark direction={direction} />
        <span className="truncate text-sm font-medium">
          {name}
          {cases.length > 1 ? <span className="font-normal text-muted"> ×{cases.length}</span> : null}
        </span>
        <span className="text-xs text-muted">
          {quality === null ? null : <>quality {quality} </>}
          <span aria-hidden="true" className={drawn ? 'text-ink' : undefined}>
            {drawn ? '◉' : '○'}
          </span>
        </span>
        <span className="col-start-2 col-end-4 text-xs text-muted">{newestCase(finding)}</span>
        <span className="col-start-2 col-end-4 text-xs">
          {edge === null && direction !== 'neutral' ? (
            <span className="text-muted">Not measured yet</span>
          ) : (
            <EdgeLine record={edge} />
          )}
        </span>
      </button>
    </li>
  )
}

function newestCase(finding: Finding): string {
  if (finding.kind === 'candlestick') return `Candle of ${barOf(finding.cases[0].time)}`
  const { state, from, to } = finding.cases[0]
  return `${barOf(from)} to ${barOf(to)}, ${states[state]}`
}

/** `time` is a date, or the start of a bar within the day. */
const barOf = (time: string) => (time.length > 10 ? readableMinute(time) : readableDate(time))
