import { ToggleGroup } from 'radix-ui'
import { type Study, studies } from '../../lib/instrument-search.ts'
import { studyTone } from './chart-annotations.ts'

const strokes = {
  up: 'bg-up',
  down: 'bg-down',
  muted: 'bg-muted',
  ink: 'bg-ink',
  focus: 'bg-focus',
  replay: 'bg-replay',
} as const

interface StudyTogglesProps {
  readonly drawn: readonly Study[]
  readonly onToggle: (study: Study) => void
}

/** Which averages and indices are computed from the candles and drawn, each with its colour. */
export function StudyToggles({ drawn, onToggle }: StudyTogglesProps) {
  const change = (next: readonly string[]) => {
    const changed = studies.find(({ value }) => next.includes(value) !== drawn.includes(value))
    if (changed) onToggle(changed.value)
  }
  return (
    <ToggleGroup.Root
      type="multiple"
      aria-label="Indicators"
      value={[...drawn]}
      onValueChange={change}
      className="mb-1 flex flex-wrap gap-0.5"
    >
      {studies.map(({ value, label, name }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          aria-label={`${label}: ${name}`}
          className="flex min-h-7 pointer-coarse:min-h-10 items-center gap-1.5 rounded-md px-1.5 text-xs font-medium text-muted hover:bg-raised hover:text-ink data-[state=on]:bg-raised data-[state=on]:text-ink"
        >
          <span
            aria-hidden="true"
            className={`h-0.5 w-3 rounded ${drawn.includes(value) ? strokes[studyTone(value)] : 'bg-edge'}`}
          />
          {label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
