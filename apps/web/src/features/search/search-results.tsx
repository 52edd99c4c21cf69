import type { Instrument } from '@banyan/client'

interface SearchResultsProps {
  readonly text: string
  /** Undefined until the first answer. */
  readonly found: readonly Instrument[] | undefined
  readonly total: number
  readonly problem: Error | null
  readonly active: number
  readonly onActivate: (index: number) => void
  readonly onChoose: (instrument: string) => void
}

/** The list below the search field, or why there is none. */
export function SearchResults(props: SearchResultsProps) {
  const message = messageOf(props)
  return (
    <div className="absolute inset-x-0 top-full z-40 mt-1 overflow-hidden rounded-lg border border-line bg-surface shadow-lg">
      <div id="search-results" role="listbox" aria-label="Instruments">
        {props.found?.map((instrument, index) => (
          <Result
            key={instrument.instrument}
            id={`search-result-${index}`}
            instrument={instrument}
            active={index === props.active}
            onActivate={() => props.onActivate(index)}
            onChoose={() => props.onChoose(instrument.instrument)}
          />
        ))}
      </div>
      <p role="status" className={message === null ? 'sr-only' : 'px-3 py-2 text-sm text-muted'}>
        {message ?? `${props.total} found`}
      </p>
    </div>
  )
}

function messageOf({ found, problem, text }: SearchResultsProps): string | null {
  if (!found && problem) return `The search failed. ${problem.message}`
  if (!found) return 'Searching…'
  return found.length === 0 ? `No instrument matches “${text}”.` : null
}

interface ResultProps {
  readonly id: string
  readonly instrument: Instrument
  readonly active: boolean
  readonly onActivate: () => void
  readonly onChoose: () => void
}

function Result({ id, instrument, active, onActivate, onChoose }: ResultProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and answers the keys (ARIA combobox)
    // biome-ignore lint/a11y/useFocusableInteractive: as above, options are reached through aria-activedescendant
    <div
      id={id}
      role="option"
      aria-selected={active}
      onPointerMove={onActivate}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className="flex cursor-pointer items-baseline gap-3 px-3 py-1.5 aria-selected:bg-raised"
    >
      <span className="w-28 shrink-0 truncate font-medium">{instrument.symbol}</span>
      <span className="min-w-0 flex-1 truncate text-sm text-muted">{instrument.name ?? 'Name not known'}</span>
      <span className="text-2xs text-muted">
        {instrument.exchange} · {instrument.kind}
      </span>
    </div>
  )
}
