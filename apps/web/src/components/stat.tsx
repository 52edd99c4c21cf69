import type { ReactNode } from 'react'

interface StatProps {
  readonly label: string
  readonly children: ReactNode
  /** What makes the figure, or why there is none. */
  readonly note?: ReactNode
  readonly large?: boolean
}

/** One figure under its name; to stand in a `dl`. */
export function Stat({ label, children, note, large = false }: StatProps) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className={large ? 'text-2xl font-semibold tracking-tight' : 'text-lg font-semibold'}>{children}</dd>
      {note ? <dd className="text-xs text-muted">{note}</dd> : null}
    </div>
  )
}
