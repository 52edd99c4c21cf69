import type { ReactNode } from 'react'
import { Section } from '../../components/section.tsx'

interface ChoiceCardProps {
  readonly id: string
  readonly title: string
  /** It is what the server shows already. */
  readonly isRunning: boolean
  readonly restart: 'needs a restart' | 'no restart'
  readonly children: ReactNode
}

/** One of the things a server can show, and what it takes. */
export function ChoiceCard({ id, title, isRunning, restart, children }: ChoiceCardProps) {
  return (
    <Section
      id={id}
      title={title}
      aside={
        isRunning ? (
          <strong className="whitespace-nowrap text-xs text-up">● Runs now</strong>
        ) : (
          <span className="whitespace-nowrap text-xs text-muted">{restart}</span>
        )
      }
    >
      <div className="flex flex-col gap-2 text-sm">{children}</div>
    </Section>
  )
}
