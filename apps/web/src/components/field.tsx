import { type ComponentProps, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { fieldSentence } from '../lib/problem.ts'
import { useFieldProblem } from './form.tsx'

interface FieldProps extends Omit<ComponentProps<'input'>, 'id' | 'name' | 'ref'> {
  readonly name: string
  readonly label: string
  readonly hint?: ReactNode
  /** Takes the focus when it appears: for the first field of what the person just asked for. */
  readonly focused?: boolean
}

/** One line of text with its label, and a hint or else what is wrong with it. A password can be looked at. */
export function Field({ label, hint, focused = false, type = 'text', ...input }: FieldProps) {
  const id = useId()
  const element = useRef<HTMLInputElement>(null)
  const [shown, setShown] = useState(false)
  const problem = useFieldProblem(input.name)
  const note = problem === undefined ? hint : fieldSentence(label, problem)

  useEffect(() => {
    if (focused) element.current?.focus()
  }, [focused])

  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          {...input}
          id={id}
          ref={element}
          type={shown ? 'text' : type}
          aria-invalid={problem !== undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          className={`h-9 pointer-coarse:h-11 w-full rounded-md border bg-surface px-2.5 text-[1rem] sm:text-base ${
            problem ? 'border-warn' : 'border-edge'
          } ${type === 'password' ? 'pr-14' : ''}`}
        />
        {type === 'password' ? (
          <button
            type="button"
            aria-label={`Show ${label.toLowerCase()}`}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-1 right-1 rounded px-2 text-xs text-muted hover:text-ink"
          >
            {shown ? 'Hide' : 'Show'}
          </button>
        ) : null}
      </div>
      {note ? (
        <p id={`${id}-note`} className={problem === undefined ? 'text-xs text-muted' : 'text-sm text-warn'}>
          {note}
        </p>
      ) : null}
    </div>
  )
}
