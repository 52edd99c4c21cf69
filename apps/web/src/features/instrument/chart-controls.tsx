import { Choice } from '../../components/choice.tsx'
import { intervals, ranges, type View } from '../../lib/view.ts'

interface ChartControlsProps {
  readonly view: View
  readonly onChange: (change: Partial<View>) => void
}

const bases = [
  { value: 'adjusted', label: 'Adjusted', name: 'Prices adjusted for splits and bonuses' },
  { value: 'raw', label: 'Raw', name: 'Prices as the source recorded them' },
] as const

/** Interval, range and price basis of the chart. */
export function ChartControls({ view, onChange }: ChartControlsProps) {
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 border-y border-line py-1.5">
      <Choice
        label="Interval of a candle"
        options={intervals}
        value={view.interval}
        onChange={(interval) => onChange({ interval })}
      />
      <Choice label="Range" options={ranges} value={view.range} onChange={(range) => onChange({ range })} />
      <Choice
        label="Price basis"
        options={bases}
        value={view.adjusted ? 'adjusted' : 'raw'}
        onChange={(basis) => onChange({ adjusted: basis === 'adjusted' })}
      />
    </div>
  )
}
