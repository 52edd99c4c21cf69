import type { ReactNode } from 'react'

interface SectionProps {
  readonly id: string
  readonly title: string
  /** Beside the title: how fresh it is, how many. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** A titled card. */
export function Section({ id, title, aside, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="card ages flex flex-col p-4">
      <header className="mb-2 flex items-baseline justify-between gap-3">
        <h2 id={id} className="text-sm font-semibold tracking-wide">
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  )
}
