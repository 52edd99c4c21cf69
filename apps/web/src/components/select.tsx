import { useId } from 'react'

interface SelectProps {
  readonly name: string
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly initial?: string
}

/** One of a few in a form, with the browser's own list. */
export function Select({ name, label, options, initial }: SelectProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        name={name}
        defaultValue={initial}
        className="h-9 rounded-md border border-line bg-surface px-2 text-[1rem] sm:text-base"
      >
        {options.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}
