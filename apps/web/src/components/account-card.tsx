import type { ReactNode } from 'react'

interface AccountCardProps {
  readonly id: string
  readonly title: string
  readonly lead?: ReactNode
  readonly children: ReactNode
}

/** One matter of the account. Unlike a card of prices it does not age. */
export function AccountCard({ id, title, lead, children }: AccountCardProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="card scroll-mt-3 p-4">
      <h2 id={`${id}-title`} className="text-sm font-semibold tracking-wide">
        {title}
      </h2>
      {lead ? <p className="mt-0.5 text-xs text-muted">{lead}</p> : null}
      <div className="mt-3 flex flex-col gap-3">{children}</div>
    </section>
  )
}

/** A row of a list in a card: what it is, what is known of it, and what can be done. */
export function AccountRow({ title, facts, roomy = false, children }: AccountRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line py-2.5 first:border-t-0 first:pt-0 last:pb-0">
      <div className={`min-w-0 flex-1 ${roomy ? 'basis-full sm:basis-48' : 'basis-48'}`}>
        <p className="break-words font-medium">{title}</p>
        {facts.map((fact) => (
          <p key={fact} className="break-words text-xs text-muted">
            {fact}
          </p>
        ))}
      </div>
      {children}
    </li>
  )
}

interface AccountRowProps {
  readonly title: ReactNode
  readonly facts: readonly string[]
  /** True where the actions take a line of their own on a phone. */
  readonly roomy?: boolean
  readonly children?: ReactNode
}

/** What a list says that has nothing in it. */
export function NothingYet({ children }: { readonly children: ReactNode }) {
  return (
    <p className="rounded-lg border border-dashed border-line px-3 py-4 text-center text-sm text-muted">{children}</p>
  )
}
