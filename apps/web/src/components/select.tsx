import { type ComponentProps, useId } from 'react'
import { fieldSentence } from '../lib/problem.ts'
import { useFieldProblem } from './form.tsx'

/** Keeps what was chosen itself, or is given its `value` and says when another is chosen. */
interface SelectProps extends Pick<ComponentProps<'select'>, 'value' | 'onChange'> {
  readonly name: string
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly initial?: string
}

/** One of a few in a form, with the browser's own list, and what is wrong with it. */
export function Select({ name, label, options, initial, ...chosen }: SelectProps) {
  const id = useId()
  const problem = useFieldProblem(name)
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select
        {...chosen}
        id={id}
        name={name}
        defaultValue={initial}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-note`}
        className={`h-9 pointer-coarse:h-11 rounded-md border bg-surface px-2 text-[1rem] sm:text-base ${problem ? 'border-warn' : 'border-edge'}`}
      >
        {options.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {problem === undefined ? null : (
        <p id={`${id}-note`} className="text-sm text-warn">
          {fieldSentence(label, problem)}
        </p>
      )}
    </div>
  )
}
