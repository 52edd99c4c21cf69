import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { HideAmountsButton } from '../../components/hide-amounts-button.tsx'

/** The frame of the editor. */
export function EntryFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-3">
      <header>
        <Link to="/journal" search={{}} className="text-sm text-muted underline-offset-2 hover:underline">
          ‹ Journal
        </Link>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
          <HideAmountsButton />
        </div>
      </header>
      <div className="card flex flex-col gap-4 p-4">{children}</div>
    </div>
  )
}
