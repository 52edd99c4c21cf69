import { type ReactNode, useEffect, useRef } from 'react'

interface StepCardProps {
  readonly number: 1 | 2 | 3
  readonly title: string
  readonly children: ReactNode
}

const names = ['Key and secret', 'Sign in', 'Sync'] as const

/** One step of three; a step that follows another takes the focus, so that a screen reader hears where it is. */
export function StepCard({ number, title, children }: StepCardProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (number > 1) heading.current?.focus()
  }, [number])
  return (
    <section aria-labelledby="step-title" className="card flex flex-col gap-3 p-4">
      <ol className="flex gap-1 text-xs" aria-label="Steps">
        {names.map((name, i) => (
          <li
            key={name}
            aria-current={i + 1 === number ? 'step' : undefined}
            className={`flex-1 border-t-2 pt-1 ${i < number ? 'border-ink font-medium' : 'border-line text-muted'}`}
          >
            {i + 1}. {name}
          </li>
        ))}
      </ol>
      <h2 ref={heading} id="step-title" tabIndex={-1} className="text-lg font-semibold outline-none">
        {title}
      </h2>
      {children}
    </section>
  )
}
