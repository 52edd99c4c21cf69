import { ToggleGroup } from 'radix-ui'

interface Option<T extends string> {
  readonly value: T
  /** Short, on the button. */
  readonly label: string
  /** Whole, for screen readers and as title. */
  readonly name: string
}

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly options: readonly Option<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
}

/** One of a few, as a row of buttons; arrow keys move between them. */
export function Choice<T extends string>({ label, options, value, onChange }: ChoiceProps<T>) {
  const choose = (text: string) => {
    const option = options.find((candidate) => candidate.value === text)
    if (option) onChange(option.value)
  }
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={choose}
      className="flex flex-wrap gap-0.5"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          aria-label={option.name}
          className="min-h-7 min-w-7 pointer-coarse:min-h-10 rounded-md px-1.5 text-xs font-medium text-muted hover:bg-raised hover:text-ink data-[state=on]:bg-ink data-[state=on]:text-surface"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
