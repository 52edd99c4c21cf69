import { Link } from '@tanstack/react-router'

interface InstrumentLinkProps {
  /** Null where it is not known on any exchange: then there is no chart to lead to. */
  readonly instrument: string | null
  readonly children: string
  /** True where nothing else tells that it is a link. */
  readonly underlined?: boolean
  /** True where it is what of a table's row takes the focus. */
  readonly isRowKey?: boolean
}

/** Leads to the page of an instrument. */
export function InstrumentLink({ instrument, children, underlined = false, isRowKey = false }: InstrumentLinkProps) {
  // Without a chart there is nothing to press: the arrow keys alone come by.
  const key = isRowKey ? { 'data-row-key': '' } : {}
  if (instrument === null)
    return (
      <span {...key} {...(isRowKey ? { tabIndex: -1 } : {})} className="rounded font-medium">
        {children}
      </span>
    )
  return (
    <Link
      to="/instrument/$instrument"
      params={{ instrument }}
      {...key}
      className={`rounded font-medium underline-offset-2 hover:underline ${underlined ? 'underline' : ''}`}
    >
      {children}
    </Link>
  )
}
