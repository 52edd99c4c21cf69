import { type ComponentProps, useId } from 'react'
import { fieldSentence } from '../lib/problem.ts'
import { useFieldProblem } from './form.tsx'

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'id' | 'name'> {
  readonly name: string
  readonly label: string
}

/** Several lines of text with their label, and what is wrong with them. */
export function TextArea({ label, ...input }: TextAreaProps) {
  const id = useId()
  const problem = useFieldProblem(input.name)
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <textarea
        rows={5}
        {...input}
        id={id}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-note`}
        className={`w-full rounded-md border bg-surface px-2.5 py-1.5 text-[1rem] sm:text-base ${problem ? 'border-warn' : 'border-edge'}`}
      />
      {problem === undefined ? null : (
        <p id={`${id}-note`} className="text-sm text-warn">
          {fieldSentence(label, problem)}
        </p>
      )}
    </div>
  )
}
