import type { ReactNode } from 'react'
import { usePageTitle } from '../../lib/use-page-title.ts'

/** The one card of a page one comes in through. */
export function EntryCard({ title, lead, children }: EntryCardProps) {
  usePageTitle(title)
  return (
    <div className="mx-auto flex w-full max-w-sm flex-col gap-4 py-4 sm:py-10">
      <div className="card flex flex-col gap-4 p-5 sm:p-6">
        <header className="flex flex-col gap-1">
          <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
          {lead ? <div className="text-sm text-muted">{lead}</div> : null}
        </header>
        {children}
      </div>
    </div>
  )
}

interface EntryCardProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly children?: ReactNode
}

export const entryLink = 'underline underline-offset-2 hover:text-ink'
